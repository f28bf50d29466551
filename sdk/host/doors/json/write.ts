import { typeOfPath } from "../../../soap/property-type.ts";
import { taskResultType, wireType } from "../../../vim/any-type.ts";
import { arrayItem } from "../../../vim/array-of.ts";
import { type DataInfo, dataType, type ValueInfo } from "../../../vim/schema.ts";
import { knownAt } from "./release.ts";

/** The text of an answer as it grows. */
export interface Out {
  text: string;
}
export type Write = (value: unknown, out: Out) => void;
type Fields = Readonly<Record<string, unknown>>;

/** How values of one release are written; made when it is first spoken, type by type. */
export class Writer {
  readonly rank: number;
  readonly #shapes = new Map<string, Shape>();
  readonly #slots = new Map<string, Write>();
  /** How faults in slots are written: see `#fault`. */
  #faults: "both" | "plain" | "wrapped" = "both";

  constructor(rank: number) {
    this.rank = rank;
  }

  /** How what a slot of the schema holds is written. */
  slot({ type, array }: Pick<ValueInfo, "type" | "array">): Write {
    const key = array ? `${type}*` : type;
    const known = this.#slots.get(key);
    if (known) return known;
    const made = array ? this.#list(type) : this.#one(type);
    this.#slots.set(key, made);
    return made;
  }

  /** A value in a slot of any type: it says what it is. `types` are those of where it comes from. */
  readonly any = (value: unknown, out: Out, types?: readonly ValueInfo[]): void => {
    const name = wireType(value, types);
    const item = arrayItem(name);
    if (item) out.text += `{"_typeName":"${name}","_value":`;
    if (item) this.#list(item.type)(value, out);
    else if (isObject(value) && !(value instanceof Uint8Array)) {
      this.slot({ type: name, array: false })(value, out);
      return;
    } else {
      out.text += `{"_typeName":"${name}","_value":`;
      this.slot({ type: name, array: false })(value, out);
    }
    out.text += "}";
  };

  /** A data object, of the type that it says or else of the declared one. */
  data(value: unknown, declared: string, out: Out): void {
    if (!isObject(value)) {
      out.text += `{"_typeName":"${declared}"}`;
      return;
    }
    const shape = this.shapeOf(value, declared);
    out.text += shape.head;
    for (const name in value) {
      const field = value[name];
      if (field === undefined) continue;
      const member = shape.member(name);
      if (member) {
        out.text += member.key;
        if (member.context) member.context(field, value, out);
        else member.write(field, out);
      }
    }
    out.text += "}";
  }

  shapeOf(value: Fields, declared: string): Shape {
    const name = typeof value._typeName === "string" ? value._typeName : declared;
    const known = this.#shapes.get(name);
    if (known) return known;
    // A type that the release does not know yet is, to it, the nearest of its bases that it knows.
    let info = dataType(name) ?? dataType(declared);
    while (info?.base && !knownAt(info.since, this.rank)) info = info.base;
    const made = new Shape(this, info, this.rank);
    this.#shapes.set(name, made);
    return made;
  }

  #one(type: string): Write {
    const simple = scalars[type];
    if (simple) return simple;
    if (type === "anyType") return this.any;
    if (type === "LocalizedMethodFault") return (value, out) => this.#fault(value, out);
    return dataType(type) ? (value, out) => this.data(value, type, out) : text;
  }

  #list(type: string): Write {
    const write = this.slot({ type, array: false });
    return (values, out) => {
      out.text += "[";
      if (isIndexed(values)) {
        for (let i = 0; i < values.length; i++) {
          if (i > 0) out.text += ",";
          const value = values[i];
          // Bytes are unsigned in here, and signed on the wire.
          write(type === "byte" && typeof value === "number" ? (value << 24) >> 24 : value, out);
        }
      }
      out.text += "]";
    };
  }

  /**
   * A slot of a fault holds the fault itself here, by the specification. govmomi expects SOAP's wrapper and fails without: for it,
   * the wrapper's members come behind those of the fault. What is below is written in one form only, or it would double at each cause.
   */
  #fault(value: unknown, out: Out): void {
    const { fault, localizedMessage } = isObject(value) ? value : {};
    const message = typeof localizedMessage === "string" ? quoted(localizedMessage) : undefined;
    const form = this.#faults;
    if (form === "wrapped") {
      out.text += '{"_typeName":"LocalizedMethodFault","fault":';
      this.data(fault, "MethodFault", out);
      out.text += message === undefined ? "}" : `,"localizedMessage":${message}}`;
      return;
    }
    this.#faults = "plain";
    this.data(fault, "MethodFault", out);
    const told = message === undefined ? "" : `,"faultstring":${message}`;
    out.text = `${out.text.slice(0, -1)}${told}`;
    // Some faults have a member of that name themselves.
    if (form === "both" && isObject(fault) && !dataType(String(fault._typeName))?.property("fault")) {
      this.#faults = "wrapped";
      out.text += ',"fault":';
      this.data(fault, "MethodFault", out);
      if (message !== undefined) out.text += `,"localizedMessage":${message}`;
    }
    this.#faults = form;
    out.text += "}";
  }
}

interface Member {
  readonly key: string;
  readonly write: Write;
  /** For a slot whose meaning depends on its neighbours. */
  readonly context?: (value: unknown, owner: Fields, out: Out) => void;
}

/** What of a data type a release knows, member by member as they are met. */
class Shape {
  readonly head: string;
  readonly info: DataInfo | undefined;
  readonly #writer: Writer;
  readonly #rank: number;
  readonly #members = new Map<string, Member | undefined>();

  constructor(writer: Writer, info: DataInfo | undefined, rank: number) {
    this.#writer = writer;
    this.info = info;
    this.#rank = rank;
    this.head = `{"_typeName":"${info?.name ?? "DynamicData"}"`;
  }

  member(name: string): Member | undefined {
    const known = this.#members.get(name);
    if (known || this.#members.has(name)) return known;
    const property = this.info?.property(name);
    const writer = this.#writer;
    let made: Member | undefined;
    if (property && knownAt(property.since, this.#rank)) {
      const context = contexts[`${this.info?.name}.${name}`];
      made = {
        key: `,"${name}":`,
        write: writer.slot(property),
        ...(context ? { context: (value, owner, out) => context(writer, value, owner, out) } : {}),
      };
    }
    this.#members.set(name, made);
    return made;
  }
}

type Context = (writer: Writer, value: unknown, owner: Fields, out: Out) => void;

/** The slots of any type whose type the schema tells from what is beside them. */
const contexts: Readonly<Record<string, Context>> = {
  "ObjectContent.propSet": (writer, value, { obj }, out) => named(writer, "DynamicProperty", value, obj, out),
  "ObjectUpdate.changeSet": (writer, value, { obj }, out) => named(writer, "PropertyChange", value, obj, out),
  "TaskInfo.result": (writer, value, { descriptionId }, out) => {
    const type = taskResultType(String(descriptionId));
    writer.any(value, out, type && [type]);
  },
};

/** Values by the path of a property of an object: what the release does not know has not been asked for. */
function named(writer: Writer, type: string, values: unknown, obj: unknown, out: Out): void {
  const start = `{"_typeName":"${type}","name":`;
  const of = isObject(obj) ? String(obj.type) : "";
  let between = "[";
  for (const value of Array.isArray(values) ? values : []) {
    if (!isObject(value)) continue;
    const name = String(value.name);
    const path = typeOfPath(of, name);
    if (path && path.since > writer.rank) continue;
    out.text += `${between}${start}${quoted(name)}`;
    if (value.op !== undefined) out.text += `,"op":${quoted(String(value.op))}`;
    if (value.val !== undefined) {
      out.text += ',"val":';
      writer.any(value.val, out, path?.types);
    }
    out.text += "}";
    between = ",";
  }
  out.text += between === "[" ? "[]" : "]";
}

const special = /["\\\u0000-\u001f\u2028\u2029\ud800-\udfff]/;

/** A string of JSON. Most hold nothing that has to be escaped. */
export const quoted = (value: string): string => (special.test(value) ? JSON.stringify(value) : `"${value}"`);

const text: Write = (value, out) => {
  out.text += quoted(String(value));
};
const number: Write = (value, out) => {
  // JSON has no words for what is no finite number.
  out.text += typeof value === "number" && !Number.isFinite(value) ? "null" : String(value);
};
const truth: Write = (value, out) => {
  out.text += value === true ? "true" : "false";
};
const reference: Write = (value, out) => {
  if (!isObject(value)) out.text += "null";
  else {
    out.text += `{"_typeName":"ManagedObjectReference","type":${quoted(String(value.type))},"value":${quoted(String(value.value))}}`;
  }
};
const binary: Write = (value, out) => {
  const bytes = value instanceof Uint8Array ? value : new Uint8Array();
  out.text += `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")}"`;
};

const scalars: Readonly<Record<string, Write>> = {
  boolean: truth,
  byte: number,
  short: number,
  int: number,
  long: number,
  float: number,
  double: number,
  string: text,
  anyURI: text,
  dateTime: text,
  base64Binary: binary,
  ManagedObjectReference: reference,
};

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isIndexed = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || value instanceof Uint8Array;
