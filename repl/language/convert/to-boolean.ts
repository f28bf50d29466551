import { Char } from "../values/char.ts";
import { Decimal } from "../values/decimal.ts";
import { Double } from "../values/double.ts";
import { List } from "../values/list.ts";
import type { Value } from "../values/value.ts";

/** `[bool]value`: null, zero, "" and an empty or single false element are false; every other object is true. */
export function toBoolean(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value.length > 0;
    case "number":
      return value !== 0;
    case "bigint":
      return value !== 0n;
    default:
      return value !== null && objectToBoolean(value);
  }
}

function objectToBoolean(value: object): boolean {
  const items = Array.isArray(value) ? value : value instanceof List ? value.items : undefined;
  if (items) {
    const first = items[0];
    if (items.length === 1) return Array.isArray(first) || first instanceof List ? true : toBoolean(first);
    return items.length > 1;
  }
  if (value instanceof Double) return value.value !== 0;
  if (value instanceof Decimal) return value.units !== 0n;
  if (value instanceof Char) return value.code !== 0;
  if (value instanceof Uint8Array) return value.length > 1 || (value.length === 1 && value[0] !== 0);
  return true;
}
