import type { Ref } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { Permission } from "../state/state.ts";
import type { View } from "../state/view.ts";
import type { Session } from "./session.ts";

/** Privileges that every session has everywhere. */
const given = new Set(["System.Anonymous", "System.View"]);

/**
 * Whether a session has a privilege on an object. The permission nearest to the object counts: one for the user himself before
 * those of his groups, and those of several groups add up; above the object only permissions that propagate count.
 */
export function hasPrivilege(view: View, session: Session, entity: number, privilege: string): boolean {
  if (given.has(privilege)) return true;
  let own = true;
  for (let id = entity; id !== 0; ) {
    const here = view.permissions(id);
    const granted = here.length === 0 ? undefined : decide(view, session, here, own, privilege);
    if (granted !== undefined) return granted;
    const object = view.object(id);
    // A snapshot has no permissions of its own: those of its machine are its own.
    own = object?.kind === "VirtualMachineSnapshot";
    id = object?.parent ?? 0;
  }
  return false;
}

/** What the permissions of one object say to a session; undefined when they are for others. */
function decide(
  view: View,
  session: Session,
  permissions: readonly Permission[],
  own: boolean,
  privilege: string,
): boolean | undefined {
  let personal = false;
  let granted: boolean | undefined;
  for (const { principal, group, role, propagate } of permissions) {
    if ((!own && !propagate) || (group && personal) || !session.principals.includes(principal.toUpperCase())) continue;
    if (!group && !personal) granted = false;
    personal ||= !group;
    granted = (granted ?? false) || (view.roles.find(({ id }) => id === role)?.privileges.has(privilege) ?? false);
  }
  return granted;
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
