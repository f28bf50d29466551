import { arrayItem, arrayOf } from "../vim/array-of.ts";
import { dataType, enumType, isSubtype, type ValueInfo } from "../vim/schema.ts";
import { escapeAttribute, escapeText } from "./escape.ts";
import { textOf } from "./write-scalar.ts";
import { elementsOf, isObject, type Writer } from "./writer.ts";

/**
 * Writes values where any type may be, each with its type. Numbers and strings do not know theirs: it is the one that the schema
 * says of the property, path or result that the value is of. Where nothing says it, a string is an `xsd:string`, a number an
 * `xsd:int` if it is one of 32 bits, else an `xsd:long` if it is whole and exact, else an `xsd:double`; a list is of what its elements are.
 */
export class AnyWriter {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** `start` is the name with what else is in the tag; `types` are those it may be of, where that is known. */
  element(start: string, end: string, value: unknown, types: readonly ValueInfo[] | undefined): string {
    const type = types?.find((one) => one.type !== "anyType" && fits(value, one));
    if (Array.isArray(value) || (value instanceof Uint8Array && type?.array))
      return this.#list(start, end, elementsOf(value), type?.type ?? this.#common(value));
    return this.#one(start, end, value, type?.type ?? typeOf(value));
  }

  /** Whether it is known of which type a value is. */
  tells(value: unknown, types: readonly ValueInfo[] | undefined): boolean {
    if (types?.some((one) => one.type !== "anyType" && fits(value, one))) return true;
    if (Array.isArray(value)) return value.every((one) => this.tells(one, undefined));
    if (!isObject(value) || value instanceof Uint8Array) return true;
    return typeof value._typeName === "string" || isRef(value);
  }

  #one(start: string, end: string, value: unknown, type: string): string {
    const writer = this.#writer;
    if (type === "ManagedObjectReference")
      return writer.reference(`${start} xsi:type="ManagedObjectReference"`, end, value);
    const text = textOf(type);
    if (text) return `<${start} xsi:type="xsd:${type}">${text(value)}</${end}>`;
    if (enumType(type)) {
      const name = writer.types.enum(type) ? type : "xsd:string";
      return `<${start} xsi:type="${name}">${escapeText(String(value))}</${end}>`;
    }
    if (!isObject(value) || !dataType(type)) throw cannotTell(value);
    const known = writer.typeOf(value, type);
    const content = writer.body(known)(value);
    return content === "" ? `<${start} xsi:type="${known}"/>` : `<${start} xsi:type="${known}">${content}</${end}>`;
  }

  #list(start: string, end: string, elements: Iterable<unknown>, item: string): string {
    const known = dataType(item) ? (this.#writer.types.data(item) ?? item) : item;
    const listed = enumType(item) && !this.#writer.types.enum(item) ? "string" : known;
    const name = arrayOf(listed);
    const { type, element } = arrayItem(name) ?? { type: listed, element: listed };
    const write = this.#writer.element(element, { type });
    let text = "";
    for (const one of elements) text += write(one);
    const tag = `${start} xsi:type="${escapeAttribute(name)}"`;
    return text === "" ? `<${tag}/>` : `<${tag}>${text}</${end}>`;
  }

  /** What all elements of a list are. */
  #common(list: unknown): string {
    let common: string | undefined;
    for (const value of elementsOf(list)) {
      const type = Array.isArray(value) ? "anyType" : typeOf(value);
      common = common === undefined ? type : joined(common, type);
    }
    return common ?? "anyType";
  }
}

/** The nearest type that two are both of. */
function joined(a: string, b: string): string {
  if (a === b) return a;
  for (let type = dataType(a); type; type = type.base) if (isSubtype(b, type.name)) return type.name;
  const both = [a, b].sort().join(" ");
  // Not every long is a double.
  return both === "int long" ? "long" : both === "double int" ? "double" : "anyType";
}

/** The type of a value, by itself. */
function typeOf(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return typeof value;
    case "bigint":
      return "long";
    case "number":
      if (!Number.isSafeInteger(value)) return "double";
      return value === (value | 0) ? "int" : "long";
    case "object":
      if (value instanceof Uint8Array) return "base64Binary";
      if (value !== null && "_typeName" in value && typeof value._typeName === "string") return value._typeName;
      if (isRef(value)) return "ManagedObjectReference";
  }
  throw cannotTell(value);
}

const isRef = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "type" in value &&
  "value" in value &&
  typeof value.type === "string" &&
  typeof value.value === "string";

const cannotTell = (value: unknown): TypeError =>
  new TypeError(`a value of vim25 cannot be written: of which type is ${JSON.stringify(value)?.slice(0, 200)}?`);

/** Whether a value may be of a type, so that it can be written as one. */
function fits(value: unknown, { type, array }: ValueInfo): boolean {
  if (array) return Array.isArray(value) || (type === "byte" && value instanceof Uint8Array);
  if (Array.isArray(value)) return false;
  switch (type) {
    case "boolean":
      return typeof value === "boolean";
    case "byte":
    case "short":
    case "int":
    case "long":
      return typeof value === "bigint" || Number.isSafeInteger(value);
    case "float":
    case "double":
      return typeof value === "number";
    case "base64Binary":
      return value instanceof Uint8Array;
    case "ManagedObjectReference":
      return isRef(value);
    default:
      if (!dataType(type)) return typeof value === "string";
      if (typeof value !== "object" || value === null || value instanceof Uint8Array) return false;
      return !("_typeName" in value) || isSubtype(String(value._typeName), type);
  }
}
