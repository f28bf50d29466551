import { toBoolean } from "../convert/to-boolean.ts";
import { isNumber, tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { scriptError } from "../errors/script-error.ts";
import { parseDate } from "../format/parse-date.ts";
import { Char } from "../values/char.ts";
import { DateTime } from "../values/date-time.ts";
import { isMembers } from "../values/members.ts";
import { TimeSpan } from "../values/time-span.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";
import { asDouble, compareNumbers } from "./numeric.ts";
import { compareText, sameText } from "./strings.ts";

/** `left -eq right` of two single values: the right one is converted to the left one's type. */
export function equals(left: Value, right: Value, caseSensitive = false): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  switch (typeof left) {
    case "string":
      return sameText(left, toText(right), caseSensitive);
    case "boolean":
      return left === toBoolean(right);
    case "number":
    case "bigint":
      return numbersEqual(left, right);
    default:
      return objectsEqual(left, right, caseSensitive);
  }
}

function numbersEqual(left: Value, right: Value): boolean {
  const [a, b] = [tryNumber(left), tryNumber(right)];
  return a !== undefined && b !== undefined && compareNumbers(a, b) === 0;
}

function objectsEqual(left: object, right: Value, caseSensitive: boolean): boolean {
  if (isNumber(left)) return numbersEqual(left, right);
  if (left instanceof Char) {
    if (typeof right === "string") return sameText(left.toString(), right, caseSensitive);
    return right instanceof Char ? sameText(`${left}`, `${right}`, caseSensitive) : numbersEqual(left, right);
  }
  if (left instanceof DateTime) return asDate(right)?.wall === left.wall;
  if (left instanceof TimeSpan) return asSpan(right)?.ms === left.ms;
  if (left instanceof Version) return asVersion(right)?.compare(left) === 0;
  if (left instanceof TypeValue) return sameText(left.fullName, toText(right)) || sameText(`${left}`, toText(right));
  if (isMembers(left) && left.equals) return left.equals(right);
  return false;
}

/** Order of two single values: negative, zero, positive; NaN when a number is none. Throws when there is no order. */
export function compare(left: Value, right: Value, caseSensitive = false): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string") return compareText(left, toText(right), caseSensitive);
  if (left === null) return right === null ? 0 : -compare(right, null, caseSensitive);
  if (left instanceof Char && (typeof right === "string" || right instanceof Char)) {
    return compareText(left.toString(), toText(right), caseSensitive);
  }
  if (isNumber(left) || typeof left === "boolean" || left instanceof Char) return compareAsNumbers(left, right);
  const order = compareObjects(left, right);
  if (order !== undefined) return order;
  if (right === null) return 1;
  throw notComparable(left);
}

function compareAsNumbers(left: Value, right: Value): number {
  const [a, b] = [tryNumber(left), tryNumber(right)];
  if (a !== undefined && b !== undefined) return compareNumbers(a, b);
  throw scriptError(
    `Could not compare "${toText(left)}" to "${toText(right)}". Error: "Cannot convert value "${toText(right)}" to type "${typeNameOf(left)}"."`,
    {
      category: "InvalidOperation",
      id: "ComparisonFailure",
    },
  );
}

function compareObjects(left: object, right: Value): number | undefined {
  if (left instanceof DateTime) {
    const date = asDate(right);
    return date && left.wall - date.wall;
  }
  if (left instanceof TimeSpan) {
    const span = asSpan(right);
    return span && left.ms - span.ms;
  }
  if (left instanceof Version) {
    const version = asVersion(right);
    return version && left.compare(version);
  }
  if (isMembers(left) && left.compare) return left.compare(right);
  return undefined;
}

function notComparable(value: object): Error {
  return scriptError(`Cannot compare "${toText(value)}" because it is not IComparable.`, {
    category: "InvalidOperation",
    id: "NotIcomparable",
  });
}

export function asDate(value: Value): DateTime | undefined {
  return value instanceof DateTime ? value : typeof value === "string" ? parseDate(value) : undefined;
}

export function asSpan(value: Value): TimeSpan | undefined {
  if (value instanceof TimeSpan) return value;
  if (typeof value === "string") return TimeSpan.parse(value);
  return isNumber(value) ? new TimeSpan(asDouble(value) / 10_000) : undefined;
}

export function asVersion(value: Value): Version | undefined {
  return value instanceof Version ? value : Version.parse(toText(value));
}
