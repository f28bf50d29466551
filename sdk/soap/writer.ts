import { dataType, enumType, isSubtype, type PropertyInfo, type ValueInfo } from "../vim/schema.ts";
import { escapeAttribute, escapeText } from "./escape.ts";
import { Fragments } from "./fragments.ts";
import { namespaces } from "./namespaces.ts";
import { rankOf } from "./version.ts";
import { AnyWriter } from "./write-any.ts";
import { compileBody } from "./write-data.ts";
import { stringText, type Text, textOf } from "./write-scalar.ts";
import { KnownTypes } from "./write-type.ts";

/** Writes a value as an element whose name is settled, with its tags. */
export type Write = (value: unknown) => string;
/** Writes what is within the element of a data object. */
export type Body = (value: Readonly<Record<string, unknown>>) => string;

/** A data object of one type as an element. */
interface Variant {
  readonly open: string;
  readonly empty: string;
  readonly close: string;
  readonly body: Body;
}

/** Writes values for clients of one version of the API: types and properties that it does not know are not written. */
export class Writer {
  readonly rank: number;
  readonly types: KnownTypes;
  readonly any: AnyWriter;
  readonly #fragments = new Fragments();
  readonly #bodies = new Map<string, Body>();
  readonly #elements = new Map<string, Write>();

  constructor(rank: number) {
    this.rank = rank;
    this.types = new KnownTypes(rank);
    this.any = new AnyWriter(this);
  }

  knows(since: string | undefined): boolean {
    return since === undefined || rankOf(since) <= this.rank;
  }

  /** How one element of a declared type is written. */
  element(name: string, { type, vsan }: Pick<PropertyInfo, "type" | "vsan">): Write {
    const key = `${vsan ? "vsan:" : ""}${name} ${type}`;
    const known = this.#elements.get(key);
    if (known) return known;
    const [start, end] = vsan ? [`vsan:${name} xmlns:vsan="${namespaces.vsan}"`, `vsan:${name}`] : [name, name];
    const write = this.#made(start, end, type);
    this.#elements.set(key, write);
    return write;
  }

  /** How what is within a data object of exactly one type is written. */
  body(type: string): Body {
    const known = this.#bodies.get(type);
    if (known) return known;
    const body = this.#remembered(type, compileBody(this, type));
    this.#bodies.set(type, body);
    return body;
  }

  /** Devices are what machines share most, and most of what there is to say of them; but disks and cards are each machine's own. */
  #remembered(type: string, body: Body): Body {
    const own = isSubtype(type, "VirtualDisk") || isSubtype(type, "VirtualEthernetCard");
    if (own || !isSubtype(type, "VirtualDevice")) return body;
    return (value) => {
      const known = this.#fragments.get(value);
      if (known !== undefined) return known;
      const text = body(value);
      if (value._typeName !== undefined && Object.isFrozen(value)) this.#fragments.keep(value, text);
      return text;
    };
  }

  /** The elements of a list, or of one value. */
  all(name: string, info: Pick<ValueInfo, "type" | "array">, value: unknown): string {
    const write = this.element(name, info);
    if (!info.array) return write(value);
    let text = "";
    for (const one of elementsOf(value)) text += write(one);
    return text;
  }

  /** One element, in parts where it is one of those that hold an answer of any size. */
  *parts(name: string, type: string, value: unknown): Generator<string, void> {
    const list = containers[type];
    const info = dataType(type);
    const members: unknown = list !== undefined && isObject(value) ? Reflect.get(value, list) : undefined;
    if (list === undefined || !info || !isObject(value) || !Array.isArray(members)) {
      yield this.element(name, { type })(value);
      return;
    }
    yield `<${name}>`;
    for (const property of info.properties) {
      const given: unknown = Reflect.get(value, property.name);
      if (given === undefined) continue;
      if (property.name === list) for (const one of members) yield* this.parts(list, property.type, one);
      else yield this.all(property.name, property, given);
    }
    yield `</${name}>`;
  }

  #made(start: string, end: string, type: string): Write {
    const open = `<${start}>`;
    const close = `</${end}>`;
    if (type === "anyType") return (value) => this.any.element(start, end, value, undefined);
    if (type === "ManagedObjectReference") return (value) => this.reference(start, end, value);
    const text = textOf(type) ?? (enumType(type) ? stringText : undefined);
    if (type === "boolean") return booleanElement(open, close);
    if (text) return textElement(open, text, close);
    if (dataType(type)) return this.#data(start, end, type);
    return () => "";
  }

  #data(start: string, end: string, declared: string): Write {
    const plain = this.#variant(start, end, declared, declared);
    const variants = new Map<string, Variant>();
    return (value) => {
      if (!isObject(value))
        throw new TypeError(`a value of vim25 cannot be written: ${typeof value} is no ${declared}`);
      const name = value._typeName;
      if (typeof name !== "string") return this.#write(plain, value);
      let variant = variants.get(name);
      if (variant === undefined) {
        variant = this.#variant(start, end, this.types.data(name) ?? declared, declared);
        variants.set(name, variant);
      }
      return this.#write(variant, value);
    };
  }

  #write({ open, empty, close, body }: Variant, value: Readonly<Record<string, unknown>>): string {
    const content = body(value);
    return content === "" ? empty : open + content + close;
  }

  #variant(start: string, end: string, type: string, declared: string): Variant {
    const tag = type === declared && !dataType(declared)?.polymorphic ? start : `${start} xsi:type="${type}"`;
    let body: Body | undefined;
    return {
      open: `<${tag}>`,
      empty: `<${tag}/>`,
      close: `</${end}>`,
      // Types hold each other in circles.
      body: (value) => {
        body ??= this.body(type);
        return body(value);
      },
    };
  }

  /** The type of a data object as the client knows it. */
  typeOf(value: object, declared: string): string {
    const name = "_typeName" in value && typeof value._typeName === "string" ? value._typeName : declared;
    return this.types.data(name) ?? declared;
  }

  reference(start: string, end: string, value: unknown): string {
    if (!isObject(value) || !("type" in value) || !("value" in value))
      throw new TypeError("a reference cannot be written");
    const type = escapeAttribute(this.types.managed(String(value.type)));
    return `<${start} type="${type}">${escapeText(String(value.value))}</${end}>`;
  }
}

/** Data objects that hold a list of any size, and what it is called: no others of the same types are derived from them. */
const containers: Readonly<Record<string, string>> = {
  RetrieveResult: "objects",
  UpdateSet: "filterSet",
  PropertyFilterUpdate: "objectSet",
};

function booleanElement(open: string, close: string): Write {
  const yes = `${open}true${close}`;
  const no = `${open}false${close}`;
  const text = textOf("boolean") ?? String;
  return (value) => (value === true ? yes : value === false ? no : open + text(value) + close);
}

/** Object after object mostly has the same value at the same place. */
function textElement(open: string, text: Text, close: string): Write {
  let last: unknown;
  let element = "";
  return (value) => {
    if (value === last && value !== 0) return element;
    const written = open + text(value) + close;
    if (typeof value === "string" && value.length > longestKept) return written;
    last = value;
    element = written;
    return written;
  };
}

const longestKept = 100;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The elements of a list. Bytes where a list of them is meant are numbers with a sign. */
export function elementsOf(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (value instanceof Uint8Array) return new Int8Array(value);
  throw new TypeError(`a value of vim25 cannot be written: ${typeof value} is no list`);
}

const writers: Writer[] = [];

/** The writer for clients of a version. */
export function writerFor(rank: number): Writer {
  const known = writers[rank];
  if (known) return known;
  const writer = new Writer(rank);
  writers[rank] = writer;
  return writer;
}
