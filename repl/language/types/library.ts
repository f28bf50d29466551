import { isNumber } from "../convert/to-number.ts";
import { itemsOf } from "../values/items.ts";
import { List } from "../values/list.ts";
import type { Value } from "../values/value.ts";
import type { TypeDefinition } from "./definition.ts";

function collection(fullName: string, names: readonly string[] = []): TypeDefinition {
  const make = (items: readonly Value[]) => new List(items, fullName);
  return {
    fullName,
    names,
    is: (value) => value instanceof List && value.typeName === fullName,
    convert: (value) => (value instanceof List ? value : value === null ? null : make(itemsOf(value) ?? [value])),
    construct: (args) => make(isNumber(args[0] ?? null) ? [] : (itemsOf(args[0] ?? null) ?? [])),
  };
}

/** Types of the .NET library beyond the basic ones. */
export const LIBRARY_TYPES: readonly TypeDefinition[] = [
  collection("System.Collections.ArrayList", ["arraylist"]),
  collection("System.Collections.Queue"),
  collection("System.Collections.Stack"),
];
