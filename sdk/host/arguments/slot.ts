import type { ValueInfo } from "../../vim/schema.ts";
import { dataType, enumType } from "../../vim/schema.ts";
import { invalidArgument } from "../faults.ts";
import { anyValue } from "./any.ts";
import { data } from "./data.ts";
import { scalar, wrongType } from "./scalar.ts";

/** Checks what a slot of the schema is given and returns a copy of it. `depth` guards against values without an end. */
export type Slot = (value: unknown, path: string, depth: number) => unknown;

export const required = (path: string, what: string) => invalidArgument(path, `It is required: ${what}.`);

const cache = new Map<string, Slot>();

/** The check for a property, parameter or element; one for each type, shared by all slots of that type. */
export function slot(info: ValueInfo): Slot {
  const key = `${info.type} ${info.ref ?? ""} ${info.array}`;
  const known = cache.get(key);
  if (known) return known;
  const check = info.array ? list(info, one(info)) : one(info);
  cache.set(key, check);
  return check;
}

function one(info: ValueInfo): Slot {
  if (info.type === "anyType") return anyValue;
  const simple = scalar(info);
  if (simple) return simple;
  const values = enumType(info.type)?.values;
  if (values) return enumeration(info.type, new Set(values));
  return dataType(info.type) ? data(info.type) : wrong(info.type);
}

const wrong =
  (type: string): Slot =>
  (_value, path) => {
    throw wrongType(path, `${type}, which this API version does not describe`);
  };

function enumeration(type: string, values: ReadonlySet<string>): Slot {
  return (value, path) => {
    if (typeof value === "string" && values.has(value)) return value;
    throw invalidArgument(path, `${JSON.stringify(value)} is no ${type}. Use one of: ${[...values].join(", ")}.`);
  };
}

function list(info: ValueInfo, element: Slot): Slot {
  return (value, path, depth) => {
    if (info.type === "byte" && value instanceof Uint8Array) return value.slice();
    if (!Array.isArray(value)) throw wrongType(path, `an array of ${info.type}`);
    return Object.freeze(value.map((item, i) => element(item, `${path}[${i}]`, depth)));
  };
}
