import type { Ref } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { Permission, State } from "../state/state.ts";
import { StateView, type View } from "../state/view.ts";
import type { Session } from "./session.ts";

/** Privileges that every session has everywhere. */
const given = new Set(["System.Anonymous", "System.View"]);

/** Whether a session has a privilege on an object. */
export function hasPrivilege(view: View, session: Session, entity: number, privilege: string): boolean {
  if (given.has(privilege)) return true;
  for (const role of effectiveRoles(view, session, entity))
    for (const { id, privileges } of view.roles) if (id === role && privileges.has(privilege)) return true;
  return false;
}

/**
 * The roles that a session has on an object: those of the nearest object with a permission for it, above which only permissions
 * that propagate count. A machine inherits from its folder and from its resource pool alike, and a snapshot has no permissions of
 * its own: its machine's are.
 */
export function effectiveRoles(view: View, session: Session, entity: number): readonly number[] {
  const object = view.object(entity);
  if (object && view instanceof StateView) {
    const everywhere = rolesEverywhere(view, session);
    if (everywhere) return everywhere;
  }
  if (object?.kind === "VirtualMachineSnapshot") return effectiveRoles(view, session, object.parent);
  const own = decidingRoles(session, view.permissions(entity), true);
  if (own || !object) return own ?? none;
  const above = inheritedRoles(view, session, object.parent);
  if (object.kind !== "VirtualMachine" || object.pool === 0) return above;
  const pool = inheritedRoles(view, session, object.pool);
  return pool.every((role) => above.includes(role)) ? above : [...above, ...pool];
}

/**
 * Mostly there are permissions on the root folder and nowhere else: what they give is the same on everything below. It is worked out
 * once for a table of permissions. Undefined where that is not so, or where they do not propagate.
 */
function rolesEverywhere(view: StateView, session: Session): readonly number[] | undefined {
  const { permissions } = view.state;
  const known = everywhere.get(session);
  if (known?.permissions === permissions) return known.roles;
  const root = permissions.size === 1 ? (permissions.firstKey() ?? 0) : 0;
  const list = view.permissions(root);
  const sole = view.object(root)?.parent === 0 && list.every(({ propagate }) => propagate);
  const roles = sole ? (decidingRoles(session, list, false) ?? none) : undefined;
  everywhere.set(session, { permissions, roles });
  return roles;
}

const everywhere = new WeakMap<
  Session,
  { readonly permissions: State["permissions"]; readonly roles: readonly number[] | undefined }
>();

function inheritedRoles(view: View, session: Session, from: number): readonly number[] {
  for (let id = from; id !== 0; id = view.object(id)?.parent ?? 0) {
    const roles = decidingRoles(session, view.permissions(id), false);
    if (roles) return roles;
  }
  return none;
}

const none: readonly number[] = Object.freeze([]);

/**
 * What the permissions of one object give a session: the user's own go before those of his groups, and those of several groups
 * add up. Undefined when they are all for others. `own` says whether it is the very object that is asked about.
 */
export function decidingRoles(
  session: Session,
  permissions: readonly Permission[],
  own: boolean,
): readonly number[] | undefined {
  if (permissions.length === 0) return undefined;
  let personal: number | undefined;
  const groups: number[] = [];
  for (const { key, group, role, propagate } of permissions) {
    if (!own && !propagate) continue;
    if (!group && session.user === key) personal = role;
    if (group && session.groups.includes(key)) groups.push(role);
  }
  return personal !== undefined ? [personal] : groups.length > 0 ? groups : undefined;
}

/**
 * Throws NoPermission, naming the object and the privilege, unless the session has it. On what is not there (any more) nobody
 * needs a privilege: the method itself says that it is missing.
 */
export function requirePrivilege(view: View, session: Session, entity: number, privilege: string): void {
  if (hasPrivilege(view, session, entity, privilege)) return;
  const object = view.object(entity);
  if (!object) return;
  const ref: Ref = refOf(object);
  throw fault(
    "NoPermission",
    { object: ref, privilegeId: privilege },
    `Permission to perform this operation was denied: '${session.userName}' lacks ${privilege} on '${object.name}'.`,
  );
}
