import type { Ref, vim } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { fault, notFound } from "../faults.ts";
import { hasPrivilege, requirePrivilege } from "../session/privileges.ts";
import { principalOf } from "../session/sessions.ts";
import { names, numberIn, refOf } from "../state/id.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { Permission, Role } from "../state/state.ts";
import type { View } from "../state/view.ts";

/** Permissions are given on what is in the inventory tree; a snapshot goes by its machine's. */
type EntityRecord = Exclude<InventoryRecord, { kind: "VirtualMachineSnapshot" }>;

function entityOf(view: View, ref: Ref): EntityRecord {
  const record = view.object(numberIn(ref.value));
  if (record && record.kind !== "VirtualMachineSnapshot" && names(ref, record)) return record;
  throw notFound(ref);
}

function roleOf(view: View, id: number): Role {
  const role = view.roles.find((known) => known.id === id);
  if (role) return role;
  throw fault("NotFound", {}, `There is no role with the id ${id}.`);
}

const permissionView = (entity: EntityRecord, permission: Permission): vim.Permission => ({
  entity: refOf(entity),
  principal: permission.principal,
  group: permission.group,
  roleId: permission.role,
  propagate: permission.propagate,
});

function everyPermission(view: View): vim.Permission[] {
  const all: vim.Permission[] = [];
  for (const [id, list] of view.state.permissions.entries()) {
    const entity = view.object(id);
    if (entity && entity.kind !== "VirtualMachineSnapshot") for (const permission of list) all.push(permissionView(entity, permission));
  }
  return all;
}

/** Changes the permissions of an entity, who changes them needing the privilege for it there. */
function change(call: Call, ref: Ref, edit: (list: readonly Permission[]) => readonly Permission[]): void {
  const { view } = call.core.universe;
  const { id } = entityOf(view, ref);
  requirePrivilege(view, sessionOf(call), id, "Authorization.ModifyPermissions");
  call.core.universe.transact((tx) => tx.permissionTable.set(id, edit(tx.permissions(id))));
}

const same = (a: Permission, principal: string, group: boolean) =>
  a.principal.toUpperCase() === principalOf(principal) && a.group === group;

function editRole(call: Call, id: number, edit: (role: Role) => Role | undefined): void {
  call.core.universe.transact((tx) => {
    const role = roleOf(tx, id);
    if (role.system) throw fault("InvalidArgument", { invalidProperty: "roleId" }, `The role '${role.name}' is a system role and cannot be changed.`);
    const next = edit(role);
    tx.roles = tx.roles.flatMap((known) => (known.id !== id ? [known] : next ? [next] : []));
  });
}

export const authorizationManager: Handlers<"AuthorizationManager"> = {
  RetrieveEntityPermissions(call, { entity, inherited }) {
    const { view } = call.core.universe;
    const found: vim.Permission[] = [];
    for (let at: InventoryRecord | undefined = entityOf(view, entity); at; at = view.object(at.parent)) {
      if (at.kind === "VirtualMachineSnapshot") break;
      for (const permission of view.permissions(at.id)) found.push(permissionView(at, permission));
      if (!inherited || found.length > 0) break;
    }
    return found;
  },

  RetrieveAllPermissions: ({ core }) => everyPermission(core.universe.view),

  RetrieveRolePermissions({ core }, { roleId }) {
    const { view } = core.universe;
    roleOf(view, roleId);
    return everyPermission(view).filter((permission) => permission.roleId === roleId);
  },

  SetEntityPermissions(call, { entity, permission }) {
    const { view } = call.core.universe;
    const wanted = (permission ?? []).map((p): Permission => {
      roleOf(view, p.roleId);
      return { principal: principalOf(p.principal), group: p.group, role: p.roleId, propagate: p.propagate };
    });
    change(call, entity, (list) => [...list.filter((p) => !wanted.some((w) => same(p, w.principal, w.group))), ...wanted]);
  },

  RemoveEntityPermission(call, { entity, user, isGroup }) {
    change(call, entity, (list) => {
      const rest = list.filter((p) => !same(p, user, isGroup));
      if (rest.length === list.length) throw fault("NotFound", {}, `'${user}' has no permission there.`);
      return rest;
    });
  },

  AddAuthorizationRole({ core }, { name, privIds }) {
    return core.universe.transact((tx) => {
      if (tx.roles.some((role) => role.name === name)) {
        throw fault("AlreadyExists", { name }, `A role named '${name}' already exists.`);
      }
      const id = tx.nextRole++;
      const privileges = new Set(["System.Anonymous", "System.View", "System.Read", ...(privIds ?? [])]);
      tx.roles = [...tx.roles, { id, name, system: false, privileges }];
      return id;
    });
  },

  UpdateAuthorizationRole(call, { roleId, newName, privIds }) {
    editRole(call, roleId, (role) => ({ ...role, name: newName, privileges: new Set(privIds ?? []) }));
  },

  RemoveAuthorizationRole(call, { roleId, failIfUsed }) {
    const used = everyPermission(call.core.universe.view).some((permission) => permission.roleId === roleId);
    if (used && failIfUsed) throw fault("RemoveFailed", {}, "The role is used by a permission.");
    if (used) throw fault("NotSupported", {}, "Removing a role that is in use is not supported: remove its permissions first.");
    editRole(call, roleId, () => undefined);
  },

  HasPrivilegeOnEntity({ core }, { entity, sessionId, privId }) {
    const { view } = core.universe;
    const { id } = entityOf(view, entity);
    const session = core.sessions.get(sessionId);
    return (privId ?? []).map((privilege) => session !== undefined && hasPrivilege(view, session, id, privilege));
  },

  HasPrivilegeOnEntities({ core }, { entity, sessionId, privId }) {
    const { view } = core.universe;
    const session = core.sessions.get(sessionId);
    return entity.map((ref): vim.EntityPrivilege => {
      const { id } = entityOf(view, ref);
      const availability = (privId ?? []).map((privilege): vim.PrivilegeAvailability => ({
        privId: privilege,
        isGranted: session !== undefined && hasPrivilege(view, session, id, privilege),
      }));
      return { entity: ref, privAvailability: availability };
    });
  },
};
