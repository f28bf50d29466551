import type { Ref, vim } from "../../vim/index.ts";
import { invalidState } from "../faults.ts";
import { networksOf } from "../machine/devices.ts";
import { datastoresOf } from "../machine/links.ts";
import { reservedBytes } from "../machine/overhead.ts";
import { iso } from "../properties/values.ts";
import { idOf, refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { ComputeRecord, HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { allowedOn } from "./cluster-rules.ts";

/** Ratings go from 1 to 5. */
const best = 5;

/** The hosts of a cluster that could run a machine now, from the one with the most room on. */
function hostsFor(view: View, cluster: ComputeRecord, machine: MachineRecord | undefined): HostRecord[] {
  const needed = machine ? reservedBytes({ ...machine, power: "poweredOn", forked: false }) : 0;
  const fits = (host: HostRecord): boolean => {
    if (host.maintenance || host.connection !== "connected" || free(host) < needed) return false;
    if (!machine) return true;
    if (machine.base.numCPU > host.cores || !allowedOn(view, cluster, idOf(machine), host.id)) return false;
    const stores = [...datastoresOf(machine)].every((id) => host.datastores.has(id));
    return stores && networksOf(machine).every((id) => host.networks.has(id));
  };
  const hosts = [...cluster.hosts.keys()].map((id) => record(view, "HostSystem", id)).filter(fits);
  return hosts.sort((a, b) => free(b) - free(a) || a.id - b.id);
}

const free = (host: HostRecord) => host.memoryBytes - host.reservedBytes;

export const recommendations = (view: View, cluster: ComputeRecord, machine: MachineRecord) =>
  hostsFor(view, cluster, machine).map(
    (host, i): vim.ClusterHostRecommendation => ({
      host: refOf(host),
      rating: Math.max(1, best - i),
    }),
  );

/** Where a machine, or a new one, had best be: on the host with the most room that its rules allow and that has its datastore. */
export function place(
  view: View,
  cluster: ComputeRecord,
  machine: MachineRecord | undefined,
  among: { readonly hosts?: readonly Ref[]; readonly datastores?: readonly Ref[] },
): vim.PlacementResult {
  const named = (list: readonly Ref[] | undefined, value: string) =>
    !list?.length || list.some((one) => one.value === value);
  for (const host of hostsFor(view, cluster, machine)) {
    if (!named(among.hosts, idOf(host))) continue;
    const stores = [...host.datastores.keys()].map((id) => record(view, "Datastore", id));
    const open = stores.filter((store) => named(among.datastores, idOf(store)));
    const datastore = open.find(({ id }) => id === machine?.datastore) ?? open.sort((a, b) => room(b) - room(a))[0];
    if (!datastore) continue;
    const target = refOf(host);
    const action: vim.PlacementAction = {
      _typeName: "PlacementAction",
      type: "PlacementV1",
      target,
      ...(machine ? { vm: refOf(machine) } : {}),
      targetHost: target,
      relocateSpec: {
        _typeName: "VirtualMachineRelocateSpec",
        datastore: refOf(datastore),
        host: target,
        pool: refOf(record(view, "ResourcePool", cluster.pool)),
      },
    };
    const recommendation: vim.ClusterRecommendation = {
      key: "1",
      type: "V1",
      time: iso(view.now),
      rating: best,
      reason: "xvmotionPlacement",
      reasonText: "The host with the most memory that is not reserved",
      target,
      action: [action],
    };
    return { recommendations: [recommendation] };
  }
  throw invalidState(`No host of the cluster '${cluster.name}' has room for that machine and may run it.`);
}

const room = (store: { readonly capacity: number; readonly fileBytes: number }) => store.capacity - store.fileBytes;
