import {
  Char,
  DateTime,
  Decimal,
  Double,
  doubleText,
  ErrorRecord,
  Hashtable,
  isMembers,
  List,
  type Maybe,
  PSObject,
  ScriptBlock,
  toText,
  type Value,
} from "../../language/index.ts";
import { all } from "../all.ts";
import { Formatted } from "../formatted.ts";
import { propertyNames, readProperty } from "../properties.ts";
import { type Json, JsonNumber, JsonObject } from "./write.ts";

export interface JsonDepth {
  /** How many levels below the top are written out; what lies deeper becomes text. */
  readonly depth: number;
  /** Called when something was deeper than that. */
  onTruncate?(): void;
}

/**
 * What ConvertTo-Json makes of a value. Inventory objects inside another object become their names: written out,
 * each would drag in half the inventory.
 */
export function toJson(value: Value, options: JsonDepth, level = 0): Maybe<Json> {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value;
    case "number":
      return numberJson(value);
    case "bigint":
      return new JsonNumber(value.toString());
    default:
      return value === null ? null : objectJson(value, options, level);
  }
}

function objectJson(value: object, options: JsonDepth, level: number): Maybe<Json> {
  const simple = simpleJson(value);
  if (simple !== undefined) return simple;
  if (level > options.depth) {
    options.onTruncate?.();
    return toText(value);
  }
  if (level > 0 && isMembers(value) && value.typeNames.includes("VIObject")) return value.asText?.() ?? toText(value);
  const deeper = (item: Value) => toJson(item, options, level + 1);
  if (Array.isArray(value)) return all(value.map(deeper));
  if (value instanceof List) return all(value.items.map(deeper));
  if (value instanceof Uint8Array) return Array.from(value, (byte) => numberJson(byte));
  if (value instanceof Formatted) return objectOf(value.properties(), deeper);
  if (value instanceof Hashtable) {
    return objectOf(
      [...value.entries()].map(([key, item]) => [toText(key), item]),
      deeper,
    );
  }
  const names = propertyNames(value).filter((name) => name !== rawView);
  if (names.length === 0 && !(value instanceof PSObject)) return toText(value);
  return objectOf(
    names.map((name) => [name, readProperty(value, name)]),
    deeper,
  );
}

// The whole raw object behind an inventory object: fetched for each of a thousand machines, and wanted for none.
const rawView = "ExtensionData";

/** Objects that are one JSON value. */
function simpleJson(value: object): Json | undefined {
  if (value instanceof Double) return numberJson(value.value, true);
  if (value instanceof Decimal) return new JsonNumber(value.scale === 0 ? `${value}.0` : value.toString());
  if (value instanceof DateTime) return isoText(value);
  if (value instanceof Char || value instanceof ScriptBlock) return value.toString();
  if (value instanceof ErrorRecord) return value.message;
  return undefined;
}

function numberJson(value: number, isDouble = false): Json {
  if (!Number.isFinite(value)) return doubleText(value);
  if (!isDouble && (value | 0) === value) return new JsonNumber(String(value | 0));
  const text = doubleText(value);
  return new JsonNumber(/^-?\d+$/.test(text) ? `${text}.0` : text);
}

/** ISO 8601: `Z` for UTC, an offset for local time, nothing when it is neither. */
function isoText(value: DateTime): string {
  const text = new Date(value.wall).toISOString().replace(/\.?0*Z$/, "");
  if (value.kind === "Utc") return `${text}Z`;
  if (value.kind === "Unspecified") return text;
  const minutes = Math.round((value.wall - value.ms) / 60_000);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${text}${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

type Held = readonly (readonly [string, Maybe<Value>])[];

function objectOf(properties: Held, deeper: (item: Value) => Maybe<Json>): Maybe<Json> {
  const values = all(properties.map(([, held]) => (held instanceof Promise ? held.then(deeper) : deeper(held))));
  const build = (items: readonly Json[]) =>
    new JsonObject(properties.map(([name], index) => [name, items[index] ?? null]));
  return values instanceof Promise ? values.then(build) : build(values);
}
