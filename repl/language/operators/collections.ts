import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";
import { equals } from "./compare.ts";

/** `$items -contains $item`; a single value counts as one element. */
export function contains(items: Value, item: Value, caseSensitive: boolean): boolean {
  const list = itemsOf(items);
  return list ? list.some((candidate) => equals(candidate, item, caseSensitive)) : equals(items, item, caseSensitive);
}

/** `$item -in $items` */
export function isIn(item: Value, items: Value, caseSensitive: boolean): boolean {
  const list = itemsOf(items);
  return list ? list.some((candidate) => equals(item, candidate, caseSensitive)) : equals(item, items, caseSensitive);
}

/** A comparison with a collection on its left keeps the elements for which it is true. */
export function filtered(left: Value, test: (item: Value) => boolean): Value {
  const items = itemsOf(left);
  return items ? items.filter(test) : test(left);
}
