import { roundHalfEven } from "../convert/round.ts";
import { isNumber, toFloat, tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { Char } from "../values/char.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { List } from "../values/list.ts";
import { isMembers } from "../values/members.ts";
import type { Value } from "../values/value.ts";
import { fromPlain, isPlain } from "./access.ts";

/** `$value[index]`; an array of indexes picks several. */
export function getIndex(value: Value, index: Value): Maybe<Value> {
  if (Array.isArray(value) && typeof index === "number") return value[index < 0 ? value.length + index : index] ?? null;
  if (value === null) {
    throw scriptError("Cannot index into a null array.", { category: "InvalidOperation", id: "NullArray" });
  }
  if (value instanceof Hashtable) return fromTable(value, index);
  if (typeof value === "object" && isMembers(value) && value.index) return value.index(index);
  const many = itemsOf(index);
  if (typeof value === "string") {
    const at = (key: Value) => character(value, position(key, value.length));
    return many ? many.map(at).filter((found) => found !== null) : at(index);
  }
  const items = value instanceof Uint8Array ? value : itemsOf(value);
  if (items) return fromItems(items, index, many);
  if (isPlain(value) && typeof index === "string") return fromPlain(value[index]);
  // A single value is its own first element.
  if (isNumber(index) && (toFloat(index) === 0 || toFloat(index) === -1)) return value;
  if (isNumber(index)) return null;
  throw scriptError(`Unable to index into an object of type "${typeNameOf(value)}".`, {
    category: "InvalidOperation",
    id: "CannotIndex",
  });
}

function fromItems(items: Uint8Array | readonly Value[], index: Value, many: readonly Value[] | undefined): Value {
  const at = (key: Value): Value | undefined => items[position(key, items.length)];
  if (many) return many.flatMap((key) => at(key) ?? []);
  return at(index) ?? null;
}

function fromTable(table: Hashtable, index: Value): Value {
  const many = Array.isArray(index) ? index : undefined;
  if (many) return many.map((key: Value) => table.get(key) ?? null);
  if (table.ordered && typeof index === "number" && !table.has(index)) return table.at(index) ?? null;
  return table.get(index) ?? null;
}

function character(text: string, at: number): Value {
  return at >= 0 && at < text.length ? new Char(text.charCodeAt(at)) : null;
}

function position(key: Value, length: number): number {
  const number = tryNumber(key);
  if (number === undefined) {
    throw scriptError(
      `Cannot convert value "${toText(key)}" to type "System.Int32". Error: "The input string '${toText(key)}' was not in a correct format."`,
      {
        category: "InvalidArgument",
        id: "InvalidCastFromStringToInteger",
        type: "System.Management.Automation.PSInvalidCastException",
      },
    );
  }
  const at = roundHalfEven(toFloat(number));
  return at < 0 ? length + at : at;
}

/** `$value[index] = to` */
export function setIndex(value: Value, index: Value, to: Value): Maybe<void> {
  if (value instanceof Hashtable) return setInTable(value, index, to);
  if (typeof value === "object" && value !== null && isMembers(value) && value.setIndex)
    return value.setIndex(index, to);
  const items: Value[] | Uint8Array | undefined =
    Array.isArray(value) || value instanceof Uint8Array ? value : value instanceof List ? value.items : undefined;
  if (items === undefined) {
    const shown =
      value === null
        ? "Cannot index into a null array."
        : `Unable to index into an object of type "${typeNameOf(value)}".`;
    throw scriptError(shown, { category: "InvalidOperation", id: value === null ? "NullArray" : "CannotIndex" });
  }
  const at = position(index, items.length);
  if (at < 0 || at >= items.length) {
    throw scriptError("Index was outside the bounds of the array.", {
      category: "OperationStopped",
      id: "System.IndexOutOfRangeException",
      type: "System.IndexOutOfRangeException",
    });
  }
  if (items instanceof Uint8Array) items[at] = toFloat(to);
  else items[at] = value instanceof List ? value.held(to) : to;
  return undefined;
}

function setInTable(table: Hashtable, index: Value, to: Value): void {
  if (index === null)
    throw scriptError("Index operation failed; the array index evaluated to null.", {
      category: "InvalidOperation",
      id: "NullArrayIndex",
    });
  if (table.ordered && typeof index === "number" && !table.has(index)) {
    const key = [...table.keys()][index];
    if (key !== undefined) table.set(key, to);
    return;
  }
  table.set(index, to);
}
