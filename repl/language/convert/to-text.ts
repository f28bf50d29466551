import { ErrorRecord } from "../errors/error-record.ts";
import { Exception } from "../errors/exception.ts";
import { Char } from "../values/char.ts";
import { DateTime } from "../values/date-time.ts";
import { Decimal } from "../values/decimal.ts";
import { Double } from "../values/double.ts";
import { DictionaryEntry, Hashtable } from "../values/hashtable.ts";
import { List } from "../values/list.ts";
import { isMembers } from "../values/members.ts";
import { PSObject } from "../values/ps-object.ts";
import { Regex } from "../values/regex-value.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { doubleText } from "./number-text.ts";
import { typeNameOf } from "./type-name.ts";

const DEPTH = 20;

/** A value as text, as `"$value"` and `[string]value` give it; independent of the culture. */
export function toText(value: Value, separator = " "): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return (value | 0) === value ? String(value | 0) : doubleText(value);
    case "boolean":
      return value ? "True" : "False";
    case "bigint":
      return value.toString();
    default:
      return value === null ? "" : objectText(value, separator, 0);
  }
}

function nested(value: Value, separator: string, depth: number): string {
  if (typeof value !== "object" || value === null) return toText(value);
  return depth > DEPTH ? "..." : objectText(value, separator, depth);
}

function objectText(value: object, separator: string, depth: number): string {
  if (Array.isArray(value)) return value.map((item) => nested(item, separator, depth + 1)).join(separator);
  if (value instanceof List) return value.items.map((item) => nested(item, separator, depth + 1)).join(separator);
  if (value instanceof Uint8Array) return value.join(separator);
  if (value instanceof Double) return doubleText(value.value);
  if (value instanceof DateTime) return dateText(value);
  if (value instanceof PSObject) return customText(value, depth);
  if (value instanceof ErrorRecord) return value.message;
  if (value instanceof Exception) return value.asText();
  if (hasOwnText(value)) return value.toString();
  if (value instanceof Hashtable || value instanceof DictionaryEntry) return typeNameOf(value);
  if (isMembers(value) && value.asText) return value.asText();
  return typeNameOf(value);
}

function hasOwnText(value: object): boolean {
  return (
    value instanceof Char ||
    value instanceof Decimal ||
    value instanceof TimeSpan ||
    value instanceof ScriptBlock ||
    value instanceof Regex ||
    Object.hasOwn(Object.getPrototypeOf(value) ?? {}, "toString")
  );
}

/** `@{Name=a; Size=3}` */
function customText(value: PSObject, depth: number): string {
  const parts: string[] = [];
  for (const member of value.members()) {
    if (member.kind !== "NoteProperty") continue;
    const held = member.get?.() ?? null;
    const inner = Array.isArray(held) || held instanceof List ? typeNameOf(held) : nested(toSync(held), " ", depth + 1);
    parts.push(`${member.name}=${inner}`);
  }
  return parts.length > 0 ? `@{${parts.join("; ")}}` : "";
}

function toSync(held: Value | Promise<Value>): Value {
  return held instanceof Promise ? null : held;
}

/** The invariant culture's general form, `MM/dd/yyyy HH:mm:ss`. */
function dateText(value: DateTime): string {
  const { fields } = value;
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${two(fields.getUTCMonth() + 1)}/${two(fields.getUTCDate())}/${String(fields.getUTCFullYear()).padStart(4, "0")}`;
  return `${day} ${two(fields.getUTCHours())}:${two(fields.getUTCMinutes())}:${two(fields.getUTCSeconds())}`;
}
