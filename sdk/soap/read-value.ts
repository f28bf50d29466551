import { arrayItem } from "../vim/array-of.ts";
import { dataType, enumType, isSubtype, type ValueInfo } from "../vim/schema.ts";
import type { QName } from "./attributes.ts";
import { isOurs, namespaces } from "./namespaces.ts";
import { dataReader } from "./read-data.ts";
import { enumReader, type Read, readReference, simpleReader } from "./read-scalar.ts";
import type { Scanner } from "./scanner.ts";

const readers = new Map<string, Read>();

/** How one element of a declared type is read. */
export function readerOf(info: Pick<ValueInfo, "type">): Read {
  const known = readers.get(info.type);
  if (known) return known;
  const read = made(info.type);
  readers.set(info.type, read);
  return read;
}

function made(type: string): Read {
  if (type === "anyType") return readAny;
  if (type === "ManagedObjectReference") return readReference;
  const simple = simpleReader(type);
  if (simple) return simple;
  const values = enumType(type)?.values;
  if (values) return enumReader(type, new Set(values));
  return dataType(type) ? polymorphic(type) : foreign(type);
}

/** A data object of a declared type, or of one derived from it, which `xsi:type` then says. */
function polymorphic(declared: string): Read {
  const plain = dataReader(declared);
  const derived = new Map<string, Read>();
  return (scanner) => {
    const { type } = scanner;
    if (type === undefined) return plain(scanner);
    const known = scanner.scopes.usual ? derived.get(type) : undefined;
    if (known) return known(scanner);
    const { uri, local } = scanner.qualified(type);
    if (isOurs(uri) && isSubtype(local, declared)) {
      const read = dataReader(local);
      if (scanner.scopes.usual && !type.includes(":")) derived.set(type, read);
      return read(scanner);
    }
    if (scanner.strict) scanner.refuse(`'${local.slice(0, 100)}' is no ${declared}`);
    // A type that only newer servers know: what this one knows of it.
    return plain(scanner);
  };
}

/** Some members have types of other APIs, such as vSAN's, that the schema does not describe. */
const foreign =
  (type: string): Read =>
  (scanner) => {
    if (scanner.strict) scanner.refuse(`a ${type}, which vim25 does not describe`);
    scanner.skip();
    return undefined;
  };

const usual = new Map<string, Read>();

/** A value of any type: `xsi:type` says which. */
export const readAny: Read = (scanner) => {
  const { type } = scanner;
  if (type === undefined) return untyped(scanner);
  const known = scanner.scopes.usual ? usual.get(type) : undefined;
  if (known) return known(scanner);
  const name = scanner.qualified(type);
  const read = readerOfType(name);
  if (!read) {
    if (scanner.strict) scanner.refuse(`there is no type '${name.local.slice(0, 100)}'`);
    return unknown(scanner);
  }
  if (scanner.scopes.usual && /^(?:xsd:)?[^:]*$/.test(type)) usual.set(type, read);
  return read(scanner);
};

const strings: ReadonlySet<string> = new Set(["TypeName", "MethodName", "PropertyPath", "ManagedMethodName"]);

function readerOfType({ uri, local }: QName): Read | undefined {
  if (uri === namespaces.xsd) return simpleReader(local);
  if (!isOurs(uri)) return undefined;
  if (local === "ManagedObjectReference") return readReference;
  if (strings.has(local)) return simpleReader("string");
  if (dataType(local)) return dataReader(local);
  if (enumType(local)) return readerOf({ type: local });
  const item = arrayItem(local);
  return item && arrayReader(item.element, readerOf(item));
}

/** A list in a place where anything may be. */
function arrayReader(element: string, read: Read): Read {
  return (scanner) => {
    const list: unknown[] = [];
    if (scanner.empty) scanner.leave();
    else {
      for (let child = scanner.child(element); child !== undefined; child = scanner.child(element)) {
        scanner.places[scanner.depth] = list.length;
        if (child !== element && scanner.strict) scanner.refuse(`'${child}' in a list of '${element}'`);
        const value = scanner.nil ? scanner.nothing() : read(scanner);
        if (value !== undefined) list.push(value);
      }
      scanner.close();
    }
    return Object.freeze(list);
  };
}

/** Text without a type is a string; anything else cannot be told. */
function untyped(scanner: Scanner): unknown {
  if (scanner.strict) return scanner.content();
  return unknown(scanner);
}

/** A value of a type that only newer servers know: its text if that is all there is, such as a value of an enum. */
function unknown(scanner: Scanner): unknown {
  if (scanner.empty) {
    scanner.leave();
    return undefined;
  }
  const text = scanner.characters();
  const elements = scanner.text.charCodeAt(scanner.at + 1) !== 47;
  scanner.skip();
  return elements ? undefined : text;
}
