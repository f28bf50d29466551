import { isSubtype, managedType, type ValueInfo } from "../../vim/schema.ts";
import { fault, invalidArgument } from "../faults.ts";
import type { Slot } from "./slot.ts";

export const wrongType = (path: string, expected: string) =>
  fault("InvalidType", { argument: path }, `A specified parameter is of the wrong type: ${path} must be ${expected}.`);

const isRef = (value: unknown): value is { type: string; value: string } =>
  typeof value === "object" &&
  value !== null &&
  "type" in value &&
  typeof value.type === "string" &&
  "value" in value &&
  typeof value.value === "string";

function integer(bits: 8 | 16 | 32, name: string): Slot {
  const limit = 2 ** (bits - 1);
  return (value, path) => {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(path, `an integer (${name})`);
    if (value < -limit || value >= limit) throw invalidArgument(path, `${value} does not fit a ${name} of ${bits} bits.`);
    return value;
  };
}

const long: Slot = (value, path) => {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw wrongType(path, "a long: an integer, or a bigint beyond 2^53");
};

const real: Slot = (value, path) => {
  if (typeof value === "number") return value;
  throw wrongType(path, "a number");
};

const text: Slot = (value, path) => {
  if (typeof value === "string") return value;
  throw wrongType(path, "a string");
};

const truth: Slot = (value, path) => {
  if (typeof value === "boolean") return value;
  throw wrongType(path, "a boolean");
};

/** ISO 8601, with a zone or without one, which then is UTC. */
const moment = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const dateTime: Slot = (value, path) => {
  if (typeof value === "string" && moment.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw wrongType(path, "a date and time in ISO 8601, such as 2026-01-31T12:00:00Z");
};

const binary: Slot = (value, path) => {
  if (value instanceof Uint8Array) return value.slice();
  throw wrongType(path, "bytes (Uint8Array)");
};

/** Copies a reference, whose type must be the one asked for or descend from it; whether it exists is the method's question. */
function reference(to: string | undefined): Slot {
  return (value, path) => {
    if (!isRef(value)) throw wrongType(path, "a reference: { type, value }");
    if (!managedType(value.type)) throw wrongType(path, `a reference to a managed type; vim25 has no '${value.type}'`);
    if (to && !isSubtype(value.type, to)) throw wrongType(path, `a reference to a ${to}, not to a ${value.type}`);
    return Object.freeze({ type: value.type, value: value.value });
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

export const looksLikeRef = isRef;

/** The check for a wire type, or undefined where the type is an enum or a data type. */
export function scalar(info: ValueInfo): Slot | undefined {
  return info.type === "ManagedObjectReference" ? reference(info.ref) : simple[info.type];
}
