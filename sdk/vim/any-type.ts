import { arrayOf } from "./array-of.ts";
import { dataType, enumType, isSubtype, type MethodInfo, managedType, type ValueInfo } from "./schema.ts";

/**
 * Slots of type `anyType` must say on the wire what they hold, and plain values do not know: `5` may be an `int` or a `long`,
 * `"poweredOn"` a string or an enum's value. What tells is the declared type of where the value comes from.
 */

/**
 * What a slot of type `anyType` says that it holds: `int`, `VirtualMachinePowerState`, `ArrayOfString`, `VirtualDisk`.
 * `types` are those that where it comes from may have; without them the value has to tell by itself.
 */
export function wireType(value: unknown, types: readonly ValueInfo[] = none): string {
  const declared = types.find(
    (type) => type.type !== "anyType" && (type.array ? isList(value) : fits(value, type.type)),
  );
  if (Array.isArray(value)) return declared?.array ? arrayOf(declared.type) : arrayByItself(value);
  const named = typeof value === "object" && value !== null && "_typeName" in value ? value._typeName : undefined;
  if (typeof named === "string") return named;
  // `byte[]` travels as an array, in here it is bytes as `base64Binary` is.
  if (value instanceof Uint8Array) return declared?.array && declared.type === "byte" ? "ArrayOfByte" : "base64Binary";
  return declared && !declared.array ? declared.type : byItself(value);
}

const none: readonly never[] = Object.freeze([]);
const isList = (value: unknown) => Array.isArray(value) || value instanceof Uint8Array;

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

const mostKept = 2000;
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
