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
  const read = nillable(made(info.type));
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

/** Elements without attributes, as nearly all are, cost nothing here. */
const nillable =
  (read: Read): Read =>
  (scanner) => {
    if (scanner.attributes.size > 0 && scanner.attributes.nil) {
      scanner.skip();
      return undefined;
    }
    return read(scanner);
  };

/** A data object of a declared type, or of one derived from it, which `xsi:type` then says. */
function polymorphic(declared: string): Read {
  const plain = dataReader(declared);
  return (scanner) => {
    const type = scanner.attributes.size === 0 ? undefined : scanner.attributes.type;
    if (type === undefined || type.local === declared) return plain(scanner);
    if (isOurs(type.uri) && isSubtype(type.local, declared)) return dataReader(type.local)(scanner);
    if (scanner.strict) scanner.refuse(`'${type.local.slice(0, 100)}' is no ${declared}`);
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

/** A value of any type: `xsi:type` says which. */
export const readAny: Read = (scanner) => {
  const type = scanner.attributes.size === 0 ? undefined : scanner.attributes.type;
  if (type === undefined) return untyped(scanner);
  const read = readerOfType(type);
  if (read) return read(scanner);
  if (scanner.strict) scanner.refuse(`there is no type '${type.local.slice(0, 100)}'`);
  return unknown(scanner);
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
        const value = read(scanner);
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
