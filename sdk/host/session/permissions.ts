import type { Ref, vim } from "../../vim/index.ts";
import { fault, notFound } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { names, numberIn, refOf } from "../state/id.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { Permission } from "../state/state.ts";
import type { View } from "../state/view.ts";
import { adminRole } from "./roles.ts";
import { principalKey, principalOf } from "./sessions.ts";

/** Permissions are given on what is in the inventory tree; a snapshot goes by its machine's. */
export type Permitting = Exclude<InventoryRecord, { kind: "VirtualMachineSnapshot" }>;

/** The object that a caller's reference names. Throws ManagedObjectNotFound. */
export function permitting(view: View, ref: Ref): Permitting {
  const record = view.object(numberIn(ref.value));
  if (record && record.kind !== "VirtualMachineSnapshot" && names(ref, record)) return record;
  throw notFound(ref);
}

const permissionView = (entity: Permitting, permission: Permission): vim.Permission => ({
  entity: refOf(entity),
  principal: permission.principal,
  group: permission.group,
  roleId: permission.role,
  propagate: permission.propagate,
});

/** A permission for a user or a group, however the name is written. */
export const permissionFor = (name: string, more: Pick<Permission, "group" | "role" | "propagate">): Permission =>
  Object.freeze({ principal: principalOf(name), key: principalKey(name), ...more });

/** Whether two permissions are one user's or group's: there is one of each on an object. */
export const samePrincipal = (a: Pick<Permission, "key" | "group">, b: Pick<Permission, "key" | "group">) =>
  a.group === b.group && a.key === b.key;

/** All permissions there are, or those that give one role. */
export function everyPermission(view: View, role?: number): vim.Permission[] {
  const all: vim.Permission[] = [];
  for (const [id, list] of view.state.permissions.entries()) {
    const entity = view.object(id);
    if (!entity || entity.kind === "VirtualMachineSnapshot") continue;
    for (const permission of list)
      if (role === undefined || permission.role === role) all.push(permissionView(entity, permission));
  }
  return all;
}

/** The permissions on an object, and where asked for those from above that hold there too. */
export function permissionsOn(view: View, entity: Permitting, inherited: boolean): vim.Permission[] {
  const found: vim.Permission[] = [];
  const nearer: Permission[] = [];
  for (let at: InventoryRecord | undefined = entity; at && at.kind !== "VirtualMachineSnapshot"; ) {
    const here = view
      .permissions(at.id)
      .filter((one) => (at === entity || one.propagate) && !nearer.some((other) => samePrincipal(one, other)));
    for (const permission of here) found.push(permissionView(at, permission));
    nearer.push(...here);
    at = inherited ? view.object(at.parent) : undefined;
  }
  return found;
}

/** Replaces the permissions on an object. Throws AuthMinimumAdminPermission when nobody were left to administer the whole. */
export function putPermissions(tx: Draft, entity: number, list: readonly Permission[], rootFolder: number): void {
  if (entity === rootFolder && !list.some(({ role, propagate }) => role === adminRole && propagate)) {
    throw fault(
      "AuthMinimumAdminPermission",
      {},
      "Somebody must keep the Admin role on the root folder, for all below it.",
    );
  }
  if (list.length > 0) tx.permissionTable.set(entity, Object.freeze(list));
  else tx.permissionTable.delete(entity);
}
