import type { Ref } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import { refOf } from "../state/id.ts";
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
  for (let id = entity, own = true; ; own = false) {
    const here = view
      .permissions(id)
      .filter((p) => (own || p.propagate) && session.principals.includes(p.principal.toUpperCase()));
    const personal = here.filter((p) => !p.group);
    const deciding = personal.length > 0 ? personal : here;
    if (deciding.length > 0) {
      return deciding.some(
        (p) => view.roles.find((role) => role.id === p.role)?.privileges.has(privilege) ?? false,
      );
    }
    const object = id === 0 ? undefined : view.object(id);
    if (!object) return false;
    id = object.parent;
  }
}

/** Throws NoPermission, naming the object and the privilege, unless the session has it. */
export function requirePrivilege(view: View, session: Session, entity: number, privilege: string): void {
  if (hasPrivilege(view, session, entity, privilege)) return;
  const object = view.object(entity);
  const root: Ref<"Folder"> = { type: "Folder", value: "group-d1" };
  throw fault(
    "NoPermission",
    { object: object ? refOf(object) : root, privilegeId: privilege },
    `Permission to perform this operation was denied: '${session.userName}' lacks ${privilege} on '${object?.name ?? "the root folder"}'.`,
  );
}
