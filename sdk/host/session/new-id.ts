import type { ManagedType } from "../../vim/index.ts";
import type { Session } from "./session.ts";

const made = new WeakMap<Session, number>();

/** The id of an object that belongs to a session. */
export function newId(session: Session, type: ManagedType): string {
  const n = (made.get(session) ?? 0) + 1;
  made.set(session, n);
  return `session[${session.key}]${type}-${n}`;
}
