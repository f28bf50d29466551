import type { Handlers } from "../call.ts";
import { destroyEntity } from "../inventory/destroy.ts";
import { resolve } from "../inventory/lookup.ts";
import { renameEntity } from "../inventory/rename.ts";
import { wantedName } from "../state/name.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

export const managedEntity: Handlers<"ManagedEntity"> = {
  /** The state is all there is: nothing can be out of date. */
  Reload() {},

  Rename_Task: operation("ManagedEntity", "Rename_Task", {
    lock: "exclusive",
    requires: (_view, job) => (job.self.type === "VirtualMachine" ? [] : [[job.id, renamePrivilege(job.self.type)]]),
    phases: () => [{ name: "rename", ms: lasting("entity.rename") }],
    finish: (tx, job) => renameEntity(tx, job, resolve(tx, job.self), wantedName(job.args.newName)),
  }),

  Destroy_Task: operation("ManagedEntity", "Destroy_Task", {
    lock: "exclusive",
    requires: (_view, job) => (job.self.type === "VirtualMachine" ? [] : [[job.id, deletePrivilege(job.self.type)]]),
    phases: () => [{ name: "destroy", ms: lasting("vm.destroy") }],
    finish: (tx, job) => destroyEntity(tx, job, resolve(tx, job.self)),
  }),
};

/** For machines the schema says which; for other kinds only vSphere's documentation does. */
const renamePrivilege = (type: string): string =>
  ({ Folder: "Folder.Rename", Datacenter: "Datacenter.Rename", ResourcePool: "Resource.RenamePool", Datastore: "Datastore.Rename" })[type] ??
  "Host.Inventory.RenameCluster";

const deletePrivilege = (type: string): string =>
  ({ Folder: "Folder.Delete", Datacenter: "Datacenter.Delete", ResourcePool: "Resource.DeletePool" })[type] ??
  "Host.Inventory.DeleteCluster";
