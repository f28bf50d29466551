import { dataType, enumType, type ValueInfo } from "../../vim/schema.ts";
import { invalidArgument } from "../faults.ts";
import { anyValue, list } from "./any.ts";
import { data } from "./data.ts";
import { shown, wrongType } from "./refuse.ts";
import { bytesOf, scalar } from "./scalar.ts";

/** Checks what a slot of the schema is given and returns a copy of it. `depth` guards against values without an end. */
export type Slot = (value: unknown, path: string, depth: number) => unknown;

const cache = new Map<string, Slot>();

/** The check for a property, parameter or element; one for each type, shared by all slots of that type. */
export function slot(info: ValueInfo): Slot {
  const key = `${info.type} ${info.ref ?? ""} ${info.array}`;
  const known = cache.get(key);
  if (known) return known;
  const check = info.array ? arrayOf(info, one(info)) : one(info);
  cache.set(key, check);
  return check;
}

function one(info: ValueInfo): Slot {
  if (info.type === "anyType") return anyValue;
  const simple = scalar(info);
  if (simple) return simple;
  const values = enumType(info.type)?.values;
  if (values) return enumeration(info.type, new Set(values));
  return dataType(info.type) ? data(info.type) : foreign(info.type);
}

/** Some members have types of other APIs, such as vSAN's, that the schema does not describe. */
const foreign =
  (type: string): Slot =>
  (value, path) => {
    throw wrongType(path, `a ${type}, which vim25 does not describe`, value);
  };

function enumeration(type: string, values: ReadonlySet<string>): Slot {
  return (value, path) => {
    if (typeof value === "string" && values.has(value)) return value;
    throw invalidArgument(path, `${shown(value)} is no ${type}. Use one of: ${[...values].join(", ")}.`);
  };
}

function arrayOf(info: ValueInfo, element: Slot): Slot {
  return (value, path, depth) => {
    if (Array.isArray(value)) return list(value, element, path, depth);
    const bytes = info.type === "byte" ? bytesOf(value) : undefined;
    if (bytes) return bytes;
    throw wrongType(path, `an array of ${info.type}`, value);
  };
}
