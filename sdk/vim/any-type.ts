import { arrayOf } from "./array-of.ts";
import {
  dataType,
  enumType,
  isSubtype,
  type ManagedInfo,
  type MethodInfo,
  managedType,
  type PropertyInfo,
  subtypes,
  type ValueInfo,
} from "./schema.ts";

/**
 * Slots of type `anyType` must say on the wire what they hold, and plain values do not know: `5` may be an `int` or a `long`,
 * `"poweredOn"` a string or an enum's value. What tells is the declared type of where the value comes from.
 */

/**
 * What a slot of type `anyType` says that it holds: `int`, `VirtualMachinePowerState`, `ArrayOfString`, `VirtualDisk`.
 * `declared` is the type of where the value comes from; without it the value has to tell by itself.
 */
export function wireType(value: unknown, declared?: ValueInfo): string {
  if (Array.isArray(value)) return declared?.array ? arrayOf(declared.type) : arrayByItself(value);
  const named = typeof value === "object" && value !== null && "_typeName" in value ? value._typeName : undefined;
  if (typeof named === "string") return named;
  // `byte[]` travels as an array, in here it is bytes as `base64Binary` is.
  if (value instanceof Uint8Array) return declared?.array && declared.type === "byte" ? "ArrayOfByte" : "base64Binary";
  if (declared && !declared.array && fits(value, declared.type)) return declared.type;
  return byItself(value);
}

function byItself(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "number":
      if (!Number.isInteger(value)) return "double";
      return value === (value | 0) ? "int" : "long";
    case "bigint":
      return "long";
    case "object":
      return "ManagedObjectReference";
    default:
      return "string";
  }
}

/** Whether a declared type can be what a value is: a hint that is wrong must not make it unreadable. */
function fits(value: unknown, type: string): boolean {
  switch (typeof value) {
    case "boolean":
      return type === "boolean";
    case "bigint":
      return type === "long";
    case "number":
      if (type === "int" || type === "short" || type === "byte") return value === (value | 0);
      return type === "double" || type === "float" || (type === "long" && Number.isInteger(value));
    case "string":
      return type === "string" || type === "dateTime" || type === "anyURI" || enumType(type) !== undefined;
    case "object":
      return type === "ManagedObjectReference" || dataType(type) !== undefined;
    default:
      return false;
  }
}

function arrayByItself(values: readonly unknown[]): string {
  const types = new Set(values.map((value) => wireType(value)));
  const [first] = types;
  if (first === undefined) return "ArrayOfString";
  if (types.size === 1) return first.startsWith("ArrayOf") ? "ArrayOfAnyType" : arrayOf(first);
  if ([...types].every((type) => type === "int" || type === "long")) return "ArrayOfLong";
  if ([...types].every((type) => type === "int" || type === "long" || type === "double")) return "ArrayOfDouble";
  for (let base = dataType(first); base; base = base.base) {
    const { name } = base;
    // Every data type descends from DynamicData, of which there are no arrays.
    if (name !== "DynamicData" && [...types].every((type) => isSubtype(type, name))) return arrayOf(name);
  }
  return "ArrayOfAnyType";
}

const types = new Map<string, Map<string, ValueInfo | undefined>>();
const mostKept = 2000;

/**
 * The declared type of what a property path of a managed type leads to: of `VirtualMachine`, at `runtime.powerState` or at
 * `config.hardware.device[4000].key`. `undefined` where there is no such path.
 */
export function typeAt(managed: string, path: string): ValueInfo | undefined {
  // Keys are without number, and every element has the type of any other.
  const text = path.includes("[") ? path.replace(/\[(?:-?\d+|"[^"]*")\]/g, "[]") : path;
  let known = types.get(managed);
  if (!known) {
    known = new Map();
    types.set(managed, known);
  }
  if (known.has(text)) return known.get(text);
  const found = follow(managedType(managed), text);
  if (known.size < mostKept) known.set(text, found);
  return found;
}

function follow(root: ManagedInfo | undefined, path: string): ValueInfo | undefined {
  let at: ValueInfo | undefined;
  for (const step of path.split(".")) {
    const name = step.endsWith("[]") ? step.slice(0, -2) : step;
    const found: PropertyInfo | undefined = at ? memberOf(at.type, name) : root?.property(name);
    if (!found) return undefined;
    at = name === step ? found : { ...found, array: false };
  }
  return at;
}

/** A property of a data type, or of one of its subtypes: paths go through devices of every kind. */
function memberOf(type: string, name: string): PropertyInfo | undefined {
  const own = dataType(type)?.property(name);
  if (own) return own;
  for (const subtype of subtypes(type)) {
    const found = dataType(subtype)?.property(name);
    if (found) return found;
  }
  return undefined;
}

const results = new Map<string, ValueInfo | undefined>();

/** The declared type of what a task leaves in `TaskInfo.result`, by the task's `descriptionId`: `VirtualMachine.clone`. */
export function taskResultType(descriptionId: string): ValueInfo | undefined {
  if (results.has(descriptionId)) return results.get(descriptionId);
  const [owner = "", name = ""] = descriptionId.split(".");
  let method: MethodInfo | undefined;
  for (const one of managedType(owner)?.methods.values() ?? []) {
    if (one.serverName === name && one.taskResult) method = one;
  }
  if (method || results.size < mostKept) results.set(descriptionId, method?.taskResult);
  return method?.taskResult;
}
