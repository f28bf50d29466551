import { type Handlers, sessionOf } from "../call.ts";
import { destroyEntity } from "../inventory/destroy.ts";
import { resolve } from "../inventory/lookup.ts";
import { renameEntity } from "../inventory/rename.ts";
import { requirePrivilege } from "../session/privileges.ts";
import { setNamedField } from "../settings/custom-fields.ts";
import { wantedName } from "../state/name.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

/** The schema says which privilege renaming takes, except for these. */
const renaming: Readonly<Record<string, string>> = {
  ComputeResource: "Host.Inventory.RenameCluster",
  Network: "Network.Config",
  DistributedVirtualPortgroup: "DVPortgroup.Modify",
  VmwareDistributedVirtualSwitch: "DVSwitch.Modify",
};

export const managedEntity: Handlers<"ManagedEntity"> = {
  /** The state is all there is: nothing can be out of date. */
  Reload() {},

  setCustomValue(call, { key, value }) {
    const { universe } = call.core;
    requirePrivilege(universe.view, sessionOf(call), call.id, "Global.SetCustomField");
    universe.transact((tx) => setNamedField(tx, resolve(tx, call.self), key, value));
  },

  Rename_Task: operation("ManagedEntity", "Rename_Task", {
    lock: "exclusive",
    requires(_view, job) {
      const privilege = renaming[job.self.type];
      return privilege === undefined ? [] : [[job.id, privilege]];
    },
    phases: () => [{ name: "entity.rename", ms: lasting("entity.rename") }],
    finish(tx, job) {
      renameEntity(tx, job, resolve(tx, job.self), wantedName(job.args.newName));
    },
  }),

  Destroy_Task: operation("ManagedEntity", "Destroy_Task", {
    lock: "exclusive",
    phases: () => [{ name: "vm.destroy", ms: lasting("vm.destroy") }],
    finish: (tx, job) => destroyEntity(tx, job, resolve(tx, job.self)),
  }),
};
