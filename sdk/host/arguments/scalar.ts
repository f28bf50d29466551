import { types } from "node:util";
import { managedType, type ValueInfo } from "../../vim/schema.ts";
import { invalidArgument } from "../faults.ts";
import { wrongType } from "./refuse.ts";
import type { Slot } from "./slot.ts";

function integer(bits: 8 | 16 | 32, name: string): Slot {
  const limit = 2 ** (bits - 1);
  return (value, path) => {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(path, `an integer (${name})`, value);
    if (value < -limit || value >= limit)
      throw invalidArgument(path, `${value} does not fit a ${name} of ${bits} bits.`);
    // Adding zero turns the negative zero into the one that there is on the wire.
    return value + 0;
  };
}

const long: Slot = (value, path) => {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value + 0;
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  throw wrongType(path, "a long: an integer, or a bigint beyond 2^53", value);
};

const real: Slot = (value, path) => {
  if (typeof value === "number") return value;
  throw wrongType(path, "a number", value);
};

const text: Slot = (value, path) => {
  if (typeof value === "string") return value;
  throw wrongType(path, "a string", value);
};

const truth: Slot = (value, path) => {
  if (typeof value === "boolean") return value;
  throw wrongType(path, "a boolean", value);
};

/** ISO 8601, with a zone or without one, which then is UTC. */
const moment = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const dateTime: Slot = (value, path) => {
  const match = typeof value === "string" ? moment.exec(value) : null;
  const zoned = match ? (match[1] === undefined ? `${match[0]}Z` : match[0]) : "";
  if (!Number.isNaN(Date.parse(zoned))) return zoned;
  throw wrongType(path, "a date and time in ISO 8601, such as 2026-01-31T12:00:00Z", value);
};

/** A copy of bytes. A Buffer's own `slice` would share them. */
export const bytesOf = (value: unknown): Uint8Array | undefined =>
  types.isUint8Array(value) ? new Uint8Array(value) : undefined;

const binary: Slot = (value, path) => {
  const bytes = bytesOf(value);
  if (bytes) return bytes;
  throw wrongType(path, "bytes (Uint8Array)", value);
};

/** A frozen copy of a reference, each member read once, or undefined where there is none. */
export function refIn(value: unknown): { readonly type: string; readonly value: string } | undefined {
  if (typeof value !== "object" || value === null || !("type" in value) || !("value" in value)) return undefined;
  const { type, value: id } = value;
  return typeof type === "string" && typeof id === "string" ? Object.freeze({ type, value: id }) : undefined;
}

/** Copies a reference, whose type must be the one asked for or descend from it; whether it exists is the method's question. */
function reference(to: string | undefined): Slot {
  return (value, path) => {
    const ref = refIn(value);
    if (!ref) throw wrongType(path, "a reference: { type, value }", value);
    let type = managedType(ref.type);
    if (!type) throw wrongType(path, "a reference to a managed type of vim25", ref.type);
    while (to && type && type.name !== to) type = type.base;
    if (!type) throw wrongType(path, `a reference to a ${to}`, ref.type);
    return ref;
  };
}

const simple: Readonly<Record<string, Slot>> = {
  boolean: truth,
  byte: integer(8, "byte"),
  short: integer(16, "short"),
  int: integer(32, "int"),
  long,
  float: real,
  double: real,
  string: text,
  anyURI: text,
  dateTime,
  base64Binary: binary,
};

/** The check for a wire type, or undefined where the type is an enum or a data type. */
export function scalar(info: ValueInfo): Slot | undefined {
  return info.type === "ManagedObjectReference" ? reference(info.ref) : simple[info.type];
}
