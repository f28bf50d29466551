import type { MethodInfo } from "../../vim/schema.ts";
import { refIn } from "../arguments/scalar.ts";
import type { Core } from "../core.ts";
import { names, numberIn } from "../state/id.ts";
import type { View } from "../state/view.ts";
import { requirePrivilege } from "./privileges.ts";
import type { Session } from "./session.ts";

/** Throws NoPermission unless a session has the privileges that the schema asks: on the object of a call, and on what it names. */
export function authorize(
  core: Core,
  session: Session,
  method: MethodInfo,
  id: number,
  args: Readonly<Record<string, unknown>>,
): void {
  const { view } = core.universe;
  if (method.privilege) requirePrivilege(view, session, id === 0 ? core.rootFolder : id, method.privilege);
  for (const { name, privilege } of method.params) {
    if (!privilege) continue;
    const value = args[name];
    for (const ref of Array.isArray(value) ? value : [value]) requireOn(view, session, ref, privilege);
  }
}

/** What is no object of the inventory has no permissions; what is not there, the method itself complains about. */
function requireOn(view: View, session: Session, value: unknown, privilege: string): void {
  const ref = refIn(value);
  const object = ref && view.object(numberIn(ref.value));
  if (ref && object && names(ref, object)) requirePrivilege(view, session, object.id, privilege);
}
