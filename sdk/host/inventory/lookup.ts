import type { Ref } from "../../vim/index.ts";
import { notFound } from "../faults.ts";
import { names, numberIn } from "../state/id.ts";
import type { InventoryRecord, Kind, RecordOf } from "../state/record.ts";
import { isKind, type View } from "../state/view.ts";

/** The record that a caller's reference names. Throws ManagedObjectNotFound. */
export function resolve(view: View, ref: Ref): InventoryRecord {
  const found = view.object(numberIn(ref.value));
  if (found && names(ref, found)) return found;
  throw notFound(ref);
}

/** The record of one kind that a caller's reference names. Throws ManagedObjectNotFound. */
export function resolveKind<K extends Kind>(view: View, kind: K, ref: Ref): RecordOf<K> {
  const found = resolve(view, ref);
  if (isKind(found, kind)) return found;
  throw notFound(ref);
}
