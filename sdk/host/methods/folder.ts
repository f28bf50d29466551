import type { Ref } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { fault, notSupported } from "../faults.ts";
import { createCompute, createDatacenter, createFolder } from "../inventory/create.ts";
import { resolve, resolveKind } from "../inventory/lookup.ts";
import { relocateInTree } from "../inventory/move.ts";
import { createMachine } from "../machine/create.ts";
import { refOf } from "../state/id.ts";
import { wantedName } from "../state/name.ts";
import type { FolderRecord, FolderRole } from "../state/record.ts";
import { record } from "../state/view.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

/** Where something may only be made in folders of one role. */
function requireRole({ core, id }: Call, role: FolderRole, what: string): FolderRecord {
  const folder = record(core.universe.view, "Folder", id);
  if (folder.role === role) return folder;
  throw fault("NotSupported", {}, `${what} cannot be created in the folder '${folder.name}': it is for other kinds of objects.`);
}

function createCluster(call: Call<"Folder">, name: string, features: { drs: boolean; ha: boolean }): Ref<"ClusterComputeResource"> {
  const { id } = requireRole(call, "h", "A cluster");
  return call.core.universe.transact((tx) => {
    const { id: number } = createCompute(tx, "ClusterComputeResource", id, wantedName(name), features);
    return refOf(record(tx, "ClusterComputeResource", number));
  });
}

export const folder: Handlers<"Folder"> = {
  CreateFolder({ core, id }, { name }) {
    return core.universe.transact((tx) => refOf(createFolder(tx, id, record(tx, "Folder", id).role, wantedName(name))));
  },

  CreateDatacenter(call, { name }) {
    const { id } = requireRole(call, "d", "A datacenter");
    return call.core.universe.transact((tx) => refOf(createDatacenter(tx, id, wantedName(name))));
  },

  CreateCluster: (call, { name, spec }) =>
    createCluster(call, name, { drs: spec.drsConfig?.enabled ?? false, ha: spec.dasConfig?.enabled ?? false }),

  CreateClusterEx: (call, { name, spec }) =>
    createCluster(call, name, { drs: spec.drsConfig?.enabled ?? false, ha: spec.dasConfig?.enabled ?? false }),

  CreateVM_Task: operation("Folder", "CreateVM_Task", {
    phases: () => [{ name: "create", ms: lasting("vm.create") }],
    finish(tx, job) {
      const { role, name } = record(tx, "Folder", job.id);
      if (role !== "v") throw notSupported(`Creating a virtual machine in the folder '${name}', which is for other objects,`);
      const pool = resolveKind(tx, "ResourcePool", job.args.pool);
      const host = job.args.host && resolveKind(tx, "HostSystem", job.args.host);
      return refOf(createMachine(tx, job, job.args.config, { folder: job.id, pool: pool.id, host: host?.id }));
    },
  }),

  MoveIntoFolder_Task: operation("Folder", "MoveIntoFolder_Task", {
    phases: (_view, job) => [{ name: "move", ms: lasting("entity.move", job.args.list.length) }],
    finish(tx, job) {
      for (const ref of job.args.list) relocateInTree(tx, resolve(tx, ref), job.id);
    },
  }),
};
