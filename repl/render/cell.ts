import { formatValue } from "../language/format/format-value.ts";
import { DateTime, DictionaryEntry, Hashtable, isNumber, List, toText, type Value } from "../language/index.ts";
import { propertyNames } from "./properties.ts";

/** How many elements of a collection a cell names: `$FormatEnumerationLimit`. */
const shownElements = 4;

/**
 * A value as it stands in a table or list. Unlike `"$value"`, which does not depend on the culture, dates are shown as
 * people write them, and a collection as `{a, b, c, d…}`.
 */
export function cellText(value: Value, format?: string): string {
  if (value === null) return "";
  if (format !== undefined || value instanceof DateTime) return formatValue(value, format ?? "G");
  const items = elements(value);
  if (items === undefined) return toText(value);
  const shown = items.slice(0, shownElements).map(elementText);
  return `{${shown.join(", ")}${items.length > shownElements ? "…" : ""}}`;
}

function elements(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof List) return value.items;
  if (value instanceof Uint8Array) return [...value.subarray(0, shownElements + 1)];
  if (value instanceof Hashtable) return [...value.entries()].map(([key, held]) => new DictionaryEntry(key, held));
  return undefined;
}

function elementText(value: Value): string {
  if (value instanceof DictionaryEntry) return `[${toText(value.key)}, ${toText(value.value)}]`;
  return cellText(value);
}

/** True of values that stand to the right of their column. */
export function isNumeric(value: Value): boolean {
  return isNumber(value);
}

/** True of text, numbers and other values without properties worth a column. */
export function isScalar(value: Value): boolean {
  return typeof value !== "object" || value === null || isNumber(value) || propertyNames(value).length === 0;
}
