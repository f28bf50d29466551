import type { Properties, Ref, vim } from "../../vim/index.ts";
import { effectiveRoles } from "../session/privileges.ts";
import { fieldsOf, valuesOf } from "../settings/custom-fields.ts";
import { refOf, taskRef } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { InventoryRecord } from "../state/record.ts";
import { members } from "../state/several.ts";
import type { View } from "../state/view.ts";
import { type Derivation, link, linked } from "./derivation.ts";
import { green } from "./values.ts";

type EntityTable<R> = {
  readonly [P in keyof Properties<"ManagedEntity">]: Derivation<R, Properties<"ManagedEntity">[P]>;
};

const none = () => [];

/** What every managed entity shows. Tags are not simulated: there are none, as on a new vCenter. */
export function entity<R extends InventoryRecord>(
  disabledMethods: (record: R) => readonly string[] = none,
): EntityTable<R> {
  return {
    name: (record) => escapeName(record.name),
    parent: link((record) => record.parent),
    overallStatus: green,
    configStatus: green,
    configIssue: none,
    effectiveRole: linked(["permissions"], (record, reader) =>
      reader.session ? effectiveRoles(reader, reader.session, record.id) : [],
    ),
    permission: linked(["permissions"], (record, reader) => permissionsOf(reader, record)),
    disabledMethod: disabledMethods,
    recentTask: linked(["tasks"], (record, reader): Ref<"Task">[] =>
      [...members(reader.state.busy.get(record.id))].map((id) => taskRef(reader.task(id) ?? { id })),
    ),
    declaredAlarmState: none,
    triggeredAlarmState: none,
    alarmActionsEnabled: () => true,
    tag: none,
    value: valuesOf,
    availableField: linked(["settings"], (record, reader) => fieldsOf(reader, record.kind)),
    customValue: valuesOf,
  };
}

/** The permissions that say something of an object: its own, and those that come down to it. */
function permissionsOf(view: View, record: InventoryRecord): vim.Permission[] {
  const found: vim.Permission[] = [];
  for (let at: InventoryRecord | undefined = record; at; at = view.object(at.parent)) {
    if (at.kind === "VirtualMachineSnapshot") continue;
    for (const { principal, group, role, propagate } of view.permissions(at.id)) {
      if (at === record || propagate) found.push({ entity: refOf(at), principal, group, roleId: role, propagate });
    }
  }
  return found;
}
