import type { DataTypes } from "./generated/data-types.ts";
import { isSubtype } from "./schema.ts";

/**
 * Whether a data object is of a type or one of its subtypes, by its `_typeName`. Narrows the value's type.
 *
 * An object without `_typeName` is of the type its slot declares, which it does not know itself: the answer is false.
 *
 * ```ts
 * const cards = devices.filter((device) => vim.is(device, "VirtualEthernetCard"));
 * cards[0]?.macAddress;
 * ```
 */
export function is<Value, Name extends keyof DataTypes>(
  value: Value,
  name: Name,
): value is Narrowed<Value, DataTypes[Name]> {
  if (typeof value !== "object" || value === null || !("_typeName" in value)) return false;
  return typeof value._typeName === "string" && isSubtype(value._typeName, name);
}

/**
 * Those members of a union that are of the type, as they are (a draft stays writable); of what is no such union, the
 * type itself.
 */
type Narrowed<Value, Type extends { readonly _typeName?: string }> = [Tagged<Value, Type["_typeName"]>] extends [never]
  ? Value & Type
  : Tagged<Value, Type["_typeName"]>;
type Tagged<Value, Tag> = Extract<Value, { readonly _typeName?: Exclude<Tag, undefined> }>;
