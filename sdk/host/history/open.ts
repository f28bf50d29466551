import type { Ref } from "../../vim/index.ts";
import { type Call, sessionOf } from "../call.ts";
import { fault, notFound } from "../faults.ts";
import type { Session, SessionObject } from "../session/session.ts";
import { HistoryCollector } from "./collector.ts";

/** vCenter's limit of history collectors in a session. */
const maxCollectors = 32;

/** Adds a history collector to a session. */
export function open<T extends "EventHistoryCollector" | "TaskHistoryCollector">(
  session: Session,
  type: T,
  make: (ref: Ref<T>) => SessionObject,
): Ref<T> {
  const own = [...session.objects.values()].filter((object) => object instanceof HistoryCollector);
  if (own.length >= maxCollectors) {
    throw fault("InvalidState", {}, `The session has ${maxCollectors} history collectors already. Destroy one first.`);
  }
  for (let n = 1; ; n++) {
    const value = `session[${session.key}]${type}-${n}`;
    if (session.objects.has(value)) continue;
    // A Ref<T> is a reference to the type itself or one derived from it; these two have none.
    const ref = Object.freeze({ type, value }) as unknown as Ref<T>;
    session.objects.set(value, make(ref));
    return ref;
  }
}

/** The history collector that a call is made on. */
export function perSession<V>(call: Call): HistoryCollector<V> {
  const found = sessionOf(call).objects.get(call.self.value);
  if (found instanceof HistoryCollector) return found;
  throw notFound(call.self);
}
