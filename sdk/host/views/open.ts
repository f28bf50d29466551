import type { ManagedType, Ref } from "../../vim/index.ts";
import { type Call, sessionOf } from "../call.ts";
import { notFound } from "../faults.ts";
import { Collector } from "../property/collector.ts";
import { isView, type ManagedObjectView } from "./managed-object-view.ts";

/** The session's view that a reference names. Throws ManagedObjectNotFound. */
export function viewOf(call: Call, ref: Ref<ManagedType>): ManagedObjectView {
  const found = sessionOf(call).objects.get(ref.value);
  if (isView(found) && found.ref.type === ref.type) return found;
  throw notFound(ref);
}

/** Lets those who wait for updates know that a view of their session has changed: no commit tells of that. */
export function wakeCollectors(call: Call): void {
  for (const object of sessionOf(call).objects.values()) if (object instanceof Collector) object.wake();
}
