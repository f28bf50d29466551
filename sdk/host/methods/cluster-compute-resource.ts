import type { Handlers } from "../call.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import { addHost, hostNameIn } from "../hosts/add.ts";
import { configured } from "../hosts/cluster-config.ts";
import { rulesFor } from "../hosts/cluster-rules.ts";
import { moveHostInto } from "../hosts/move-into.ts";
import { place, recommendations } from "../hosts/recommend.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { capacityOf } from "../properties/compute-resource.ts";
import { MiB } from "../properties/values.ts";
import { idOf, refOf } from "../state/id.ts";
import { record } from "../state/view.ts";
import { memoryPages } from "../storage/accounts.ts";
import { pageBytes } from "../storage/usage.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

const reconfigure = () => [{ name: "vm.reconfigure", ms: lasting("vm.reconfigure") }];
const moving = () => [{ name: "entity.move", ms: lasting("entity.move") }];
const kind = "ClusterComputeResource";

export const computeResource: Handlers<"ComputeResource"> = {
  ReconfigureComputeResource_Task: operation("ComputeResource", "ReconfigureComputeResource_Task", {
    lock: "exclusive",
    phases: reconfigure,
    finish(tx, { id, args }) {
      const compute = tx.object(id);
      if (compute?.kind === kind || compute?.kind === "ComputeResource")
        tx.put(configured(tx, compute, args.spec, args.modify));
    },
  }),
};

export const clusterComputeResource: Handlers<"ClusterComputeResource"> = {
  ReconfigureCluster_Task: operation(kind, "ReconfigureCluster_Task", {
    lock: "exclusive",
    phases: reconfigure,
    finish: (tx, { id, args }) => tx.put(configured(tx, record(tx, kind, id), args.spec, args.modify)),
  }),

  AddHost_Task: operation(kind, "AddHost_Task", {
    phases: moving,
    finish(tx, { id, args, ...by }) {
      if (args.resourcePool) throw notSupported("Adding a host with a resource pool of its own");
      return refOf(addHost(tx, by, id, hostNameIn(tx, args.spec, "spec"), args.asConnected));
    },
  }),

  MoveInto_Task: operation(kind, "MoveInto_Task", {
    phases: moving,
    finish(tx, { id, args }) {
      for (const ref of args.host) moveHostInto(tx, id, resolveKind(tx, "HostSystem", ref));
    },
  }),

  MoveHostInto_Task: operation(kind, "MoveHostInto_Task", {
    phases: moving,
    finish(tx, { id, args }) {
      const pool = args.resourcePool && resolveKind(tx, "ResourcePool", args.resourcePool);
      if (pool && pool.owner !== id) throw invalidArgument("resourcePool", `'${pool.name}' is in another cluster.`);
      moveHostInto(tx, id, resolveKind(tx, "HostSystem", args.host), pool?.id);
    },
  }),

  RecommendHostsForVm({ core, id }, { vm }) {
    const { view } = core.universe;
    return recommendations(view, record(view, kind, id), resolveKind(view, "VirtualMachine", vm));
  },

  PlaceVm({ core, id }, { placementSpec: { vm, hosts, datastores } }) {
    const { view } = core.universe;
    const machine = vm && resolveKind(view, "VirtualMachine", vm);
    return place(view, record(view, kind, id), machine, {
      ...(hosts ? { hosts } : {}),
      ...(datastores ? { datastores } : {}),
    });
  },

  FindRulesForVm({ core, id }, { vm }) {
    const { view } = core.universe;
    return rulesFor(record(view, kind, id), idOf(resolveKind(view, "VirtualMachine", vm)));
  },

  GetResourceUsage({ core, id }) {
    const { view } = core.universe;
    const cluster = record(view, kind, id);
    const { mhz, memoryBytes } = capacityOf(view, cluster, false);
    const stores = [...cluster.datastores.keys()].map((store) => record(view, "Datastore", store));
    let pages = 0;
    for (const host of cluster.hosts.keys()) pages += memoryPages(view, host);
    const sum = (bytes: (store: (typeof stores)[number]) => number) =>
      Math.round(stores.reduce((total, store) => total + bytes(store), 0) / MiB);
    return {
      cpuUsedMHz: 0,
      cpuCapacityMHz: mhz,
      memUsedMB: Math.round((pages * pageBytes) / MiB),
      memCapacityMB: Math.round(memoryBytes / MiB),
      storageUsedMB: sum(({ fileBytes }) => fileBytes),
      storageCapacityMB: sum(({ capacity }) => capacity),
    };
  },

  /** Machines are placed as they are powered on: nothing is left to recommend. */
  RefreshRecommendation() {},
};
