import { inputs } from "../properties/derivation.ts";
import { announce } from "./announce.ts";
import { type Changes, isOther } from "./changes.ts";
import { recordChanged } from "./compare.ts";
import type { Key } from "./objects.ts";

/**
 * The objects that may have changed for a filter, each with why, as bits: its record, or inputs that its properties depend on.
 * Only what was told of counts: what is new is told of as a whole.
 */
export function candidates(changes: Changes, told: ReadonlySet<Key>, bytes: readonly Key[]): Map<Key, number> {
  const found = new Map<Key, number>();
  const add = (key: Key, reason: number) => {
    if (told.has(key)) found.set(key, (found.get(key) ?? 0) | reason);
  };
  for (const change of changes.objects) {
    if (change.before && change.after && !isOther(change)) add(change.id, recordChanged | inputs.bytes);
  }
  for (const { id, before, after } of changes.tasks) if (before && after) add(-id, recordChanged);
  announce(changes, add);
  for (const key of bytes) add(key, inputs.bytes);
  if (changes.settings) for (const key of told) add(key, inputs.settings);
  if (changes.permissions) for (const key of told) add(key, inputs.permissions);
  return found;
}
