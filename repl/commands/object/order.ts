import {
  Char,
  DateTime,
  isMembers,
  isNumber,
  ScriptError,
  TimeSpan,
  toFloat,
  toText,
  type Value,
} from "../../language/index.ts";
import { compare } from "../../language/operators/compare.ts";
import { compareText } from "../../language/operators/strings.ts";

/**
 * Order of two values as Sort-Object sees it. Unlike `-lt` it never fails: null comes first, and what cannot be
 * converted to the left value's type is compared as text.
 */
export function order(left: Value, right: Value, caseSensitive = false): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  try {
    return compare(left, right, caseSensitive) || 0;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return compareText(toText(left), toText(right), caseSensitive);
  }
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/**
 * A text that two values share exactly when they count as the same: for finding duplicates and groups without
 * comparing each with each. Objects without a text of their own are only the same as themselves.
 */
export function sameness(value: Value, caseSensitive: boolean): string {
  if (value === null) return "null";
  const fold = (text: string) => (caseSensitive ? text : text.toLowerCase());
  if (typeof value === "string" || value instanceof Char) return `t${fold(value.toString())}`;
  if (isNumber(value)) return `n${toFloat(value)}`;
  if (typeof value === "boolean") return `b${value}`;
  if (value instanceof DateTime) return `d${value.wall}`;
  if (value instanceof TimeSpan) return `s${value.ms}`;
  if (Array.isArray(value)) {
    return `[${value.map((item: Value) => JSON.stringify(sameness(item, caseSensitive))).join()}]`;
  }
  if (isMembers(value) && value.asText) return `m${fold(value.asText())}`;
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(value, identity);
  }
  return `o${identity}`;
}
