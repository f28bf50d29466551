import { arrayItem } from "../../../vim/array-of.ts";
import { dataType, enumType, isFault, type MethodInfo, type ValueInfo } from "../../../vim/schema.ts";
import { invalidArgument } from "../../faults.ts";
import { wideIn } from "./parse.ts";
import { knownAt } from "./release.ts";

/**
 * Arguments as they travel in JSON, turned into the values that the dispatcher takes: boxes opened, bytes decoded, faults put into
 * their wrappers. What is wrong in other ways stays as it is: the dispatcher says so, with its path. Only what is younger than the
 * release that is spoken is refused here.
 */
export function readArguments(method: MethodInfo, body: object, rank: number): Readonly<Record<string, unknown>> {
  const params = new Map(method.params.map((param) => [param.name, param]));
  const args: Record<string, unknown> = Object.create(null);
  for (const [name, given] of Object.entries(body)) {
    // The type of the parameters themselves may be said, in more than one way; what a method is called on is in the address.
    if (name === "_typeName" || name === "_this" || given === null) continue;
    const param = params.get(name);
    if (param && !knownAt(param.since, rank)) throw tooYoung(name, method.name);
    args[name] = param ? read(param, given, name, rank) : given;
  }
  return { ...args };
}

const tooYoung = (path: string, owner: string) =>
  invalidArgument(path, `${owner} has no such member in the release of the API that this address names.`);

function read(info: ValueInfo, given: unknown, path: string, rank: number): unknown {
  if (!info.array) return one(info.type, given, path, rank);
  if (info.type === "byte") return bytesOf(given) ?? given;
  return Array.isArray(given) ? given.map((item, i) => one(info.type, item, `${path}[${i}]`, rank)) : given;
}

function one(type: string, given: unknown, path: string, rank: number): unknown {
  switch (type) {
    case "anyType":
      return any(given, path, rank);
    case "long":
      return wideIn(given) ?? given;
    case "float":
    case "double": {
      const wide = wideIn(given);
      return wide === undefined ? given : Number(wide);
    }
    case "base64Binary":
      return (typeof given === "string" ? fromBase64(given) : undefined) ?? given;
    case "LocalizedMethodFault":
      return fault(given, path, rank);
    default:
      return isObject(given) && dataType(type) ? data(type, given, path, rank) : given;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function data(declared: string, given: Fields, path: string, rank: number): unknown {
  const name = given._typeName ?? declared;
  const info = typeof name === "string" ? dataType(name) : undefined;
  if (!info) return given;
  if (!knownAt(info.since, rank)) throw tooYoung(path, info.name);
  const value: [string, unknown][] = [];
  for (const [key, field] of Object.entries(given)) {
    if (field === null || field === undefined) continue;
    const property = info.property(key);
    if (property && !knownAt(property.since, rank)) throw tooYoung(`${path}.${key}`, info.name);
    value.push([key, property ? read(property, field, `${path}.${key}`, rank) : field]);
  }
  return Object.fromEntries(value);
}

/** A fault's slot holds the fault itself, or with some clients what SOAP has: the fault and what is said of it. */
function fault(given: unknown, path: string, rank: number): unknown {
  if (!isObject(given)) return given;
  const name = given._typeName;
  if (typeof name !== "string" || !isFault(name)) return data("LocalizedMethodFault", given, path, rank);
  // Members of the wrapper may come with those of the fault, as they are written here.
  const { faultstring, fault: again, localizedMessage = faultstring, ...fields } = given;
  const told = typeof localizedMessage === "string" ? { localizedMessage } : {};
  const own = dataType(name)?.property("fault") ? { ...fields, fault: again } : fields;
  return { fault: data(name, own, path, rank), ...told };
}

/** Strings by other names, and what one client calls bytes. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["TypeName", "string"],
  ["MethodName", "string"],
  ["PropertyPath", "string"],
  ["binary", "base64Binary"],
]);

function any(given: unknown, path: string, rank: number): unknown {
  if (!isObject(given)) return given;
  const wide = wideIn(given);
  if (wide !== undefined) return wide;
  const { _typeName: name, _value: value } = given;
  if (typeof name !== "string") return given;
  const item = arrayItem(name);
  if (item) return read({ type: item.type, array: true, optional: false }, value ?? [], path, rank);
  if (dataType(name)) return name === "LocalizedMethodFault" ? fault(given, path, rank) : data(name, given, path, rank);
  if (name === "ManagedObjectReference") return given;
  const type = aliases.get(name) ?? name;
  if (!primitives.has(type) && !enumType(type)) return given;
  return one(type, value, path, rank);
}

const primitives: ReadonlySet<string> = new Set(
  "anyURI base64Binary boolean byte dateTime double float int long short string".split(" "),
);

/** Signed numbers, as the specification has bytes, or base64. */
function bytesOf(given: unknown): Uint8Array | undefined {
  if (typeof given === "string") return fromBase64(given);
  if (!Array.isArray(given)) return undefined;
  const fine = given.every((n: unknown) => typeof n === "number" && Number.isInteger(n) && n >= -128 && n <= 255);
  return fine ? Uint8Array.from(given) : undefined;
}

function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, "base64"));
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
