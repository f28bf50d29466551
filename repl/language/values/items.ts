import { List } from "./list.ts";
import { isMembers } from "./members.ts";
import type { Value } from "./value.ts";

/**
 * The elements of what a pipeline takes apart: arrays, lists, byte arrays and objects that enumerate themselves.
 * Undefined for everything else: strings and hashtables stay whole.
 */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value;
  if (value instanceof List) return value.items;
  if (value instanceof Uint8Array) return [...value];
  return isMembers(value) && value.enumerate ? [...value.enumerate()] : undefined;
}

/** What a pipeline makes of what was put out: nothing is `$null`, one object is itself, more are an array. */
export function unrolled(items: readonly Value[]): Value {
  return items.length === 1 ? (items[0] ?? null) : items.length === 0 ? null : items;
}
