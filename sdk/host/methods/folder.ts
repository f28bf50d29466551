import type { Ref, vim } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import { addStandaloneHost, hostNameIn } from "../hosts/add.ts";
import { configured } from "../hosts/cluster-config.ts";
import { createCompute, createDatacenter, createFolder } from "../inventory/create.ts";
import { resolve, resolveKind } from "../inventory/lookup.ts";
import { relocateInTree } from "../inventory/move.ts";
import { createMachine } from "../machine/create.ts";
import { register } from "../machine/register.ts";
import { requireProduct } from "../network/product.ts";
import { createSwitch } from "../network/switches.ts";
import type { Draft } from "../state/draft.ts";
import { numberIn, refOf } from "../state/id.ts";
import { wantedName } from "../state/name.ts";
import type { FolderRole } from "../state/record.ts";
import { datacenterOf } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

/** A folder that something of a kind may be made in: it must be there, and of the right role. */
function folderFor(view: View, self: Ref, role: FolderRole, what: string): number {
  const folder = resolveKind(view, "Folder", self);
  if (folder.role === role) return folder.id;
  throw notSupported(`Creating a ${what} in the folder '${folder.name}', which is for other objects,`);
}

/** Makes something in the folder of a call, in one transaction. */
const make = <T>(
  { core, self }: Call<"Folder">,
  role: FolderRole,
  what: string,
  work: (tx: Draft, id: number) => T,
): T => core.universe.transact((tx) => work(tx, folderFor(tx, self, role, what)));

function createCluster(call: Call<"Folder">, name: string, spec: vim.ClusterConfigSpec | vim.ClusterConfigSpecEx) {
  const features = { drs: spec.drsConfig?.enabled ?? false, ha: spec.dasConfig?.enabled ?? false };
  return make(call, "h", "cluster", (tx, id) => {
    const { id: number } = createCompute(tx, "ClusterComputeResource", id, wantedName(name), features);
    const cluster = configured(tx, record(tx, "ClusterComputeResource", number), spec, true);
    tx.put(cluster);
    return refOf(cluster);
  });
}

/** What it takes to move an object of a type, on the object and on where it goes. */
const moving: Readonly<Record<string, string>> = {
  Folder: "Folder.Move",
  Datacenter: "Datacenter.Move",
  Datastore: "Datastore.Move",
  Network: "Network.Move",
  DistributedVirtualPortgroup: "Network.Move",
  VmwareDistributedVirtualSwitch: "DVSwitch.Move",
  VirtualMachine: "VirtualMachine.Inventory.Move",
};

export const folder: Handlers<"Folder"> = {
  CreateFolder: ({ core, self }, { name }) =>
    core.universe.transact((tx) => {
      const { id, role } = resolveKind(tx, "Folder", self);
      return refOf(createFolder(tx, id, role, wantedName(name)));
    }),

  CreateDatacenter: (call, { name }) =>
    make(call, "d", "datacenter", (tx, id) => refOf(createDatacenter(tx, id, wantedName(name)))),

  CreateCluster: (call, { name, spec }) => createCluster(call, name, spec),
  CreateClusterEx: (call, { name, spec }) => createCluster(call, name, spec),

  CreateDVS_Task: operation("Folder", "CreateDVS_Task", {
    phases: () => [{ name: "dvs.create", ms: lasting("dvs.create") }],
    finish(tx, { self, args: { spec }, ...by }) {
      requireProduct(spec.productInfo);
      return refOf(createSwitch(tx, by, folderFor(tx, self, "n", "distributed switch"), spec.configSpec));
    },
  }),

  AddStandaloneHost_Task: operation("Folder", "AddStandaloneHost_Task", {
    phases: () => [{ name: "entity.move", ms: lasting("entity.move") }],
    finish(tx, { self, args, ...by }) {
      const name = hostNameIn(tx, args.spec, "spec");
      const folder = folderFor(tx, self, "h", "host");
      return refOf(addStandaloneHost(tx, by, folder, name, args.addConnected));
    },
  }),

  CreateVM_Task: operation("Folder", "CreateVM_Task", {
    phases: () => [{ name: "vm.create", ms: lasting("vm.create") }],
    finish(tx, { self, args, ...by }) {
      const id = folderFor(tx, self, "v", "virtual machine");
      const pool = resolveKind(tx, "ResourcePool", args.pool);
      const host = args.host && resolveKind(tx, "HostSystem", args.host);
      if (datacenterOf(tx, pool.id) !== datacenterOf(tx, id))
        throw invalidArgument("pool", `The resource pool '${pool.name}' is in another datacenter than the folder.`);
      return refOf(createMachine(tx, by, args.config, { folder: id, pool: pool.id, host: host?.id }));
    },
  }),

  RegisterVM_Task: operation("Folder", "RegisterVM_Task", {
    requires: (_view, { args }) => (args.pool ? [[numberIn(args.pool.value), "Resource.AssignVMToPool"]] : []),
    phases: () => [{ name: "vm.create", ms: lasting("vm.create") }],
    finish(tx, { self, args, ...by }) {
      return refOf(register(tx, by, folderFor(tx, self, "v", "virtual machine"), args));
    },
  }),

  MoveIntoFolder_Task: operation("Folder", "MoveIntoFolder_Task", {
    requires: (_view, { id, args }) =>
      args.list.flatMap((ref) => {
        const privilege = moving[ref.type] ?? "Host.Inventory.MoveCluster";
        return [[numberIn(ref.value), privilege] as const, [id, privilege] as const];
      }),
    phases: (_view, { args }) => [{ name: "entity.move", ms: lasting("entity.move", args.list.length) }],
    finish(tx, { self, args }) {
      const { id } = resolveKind(tx, "Folder", self);
      for (const ref of args.list) relocateInTree(tx, resolve(tx, ref), id);
    },
  }),
};
