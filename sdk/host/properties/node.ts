import { dataType, type PropertyInfo } from "../../vim/schema.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { refOf } from "../state/id.ts";
import { type AnyDerivation, type Bytes, type Ids, inputs, type Reader } from "./derivation.ts";
import { frozen } from "./frozen.ts";

/** A derivation in its place in the schema, as the property collector works with it. */
export interface Node {
  readonly info: PropertyInfo;
  /** The inputs of the whole, as bits. */
  readonly inputs: number;
  readonly parts: ReadonlyMap<string, Node> | undefined;
  /** For references: the numbers of the objects referred to. */
  readonly ids: ((record: unknown) => Ids) | undefined;
  /** The record that parts are derived from. */
  readonly subject: (record: unknown) => unknown;
  /** The whole value, frozen; undefined when it is unset. */
  derive(record: unknown, reader: Reader, bytes: Bytes): unknown;
}

const itself = (record: unknown) => record;

/** Puts a derivation in its place. */
export function nodeOf(info: PropertyInfo, derivation: AnyDerivation): Node {
  if (typeof derivation === "function") {
    const derive = (record: unknown, reader: Reader) => frozen(derivation(trusted(record), reader));
    return { info, inputs: 0, parts: undefined, ids: undefined, subject: itself, derive };
  }
  switch (derivation.kind) {
    case "linked": {
      const bits = derivation.inputs.reduce((sum, input) => sum | inputs[input], 0);
      const derive = (record: unknown, reader: Reader, bytes: Bytes) =>
        frozen(derivation.derive(trusted(record), reader, bytes));
      return { info, inputs: bits, parts: undefined, ids: undefined, subject: itself, derive };
    }
    case "links": {
      const ids = (record: unknown) => derivation.ids(trusted(record));
      const derive = (record: unknown, reader: Reader) => refsOf(ids(record), derivation.one, reader);
      return { info, inputs: 0, parts: undefined, ids, subject: itself, derive };
    }
    case "through": {
      const node = nodeOf(info, derivation.by);
      const subject = (record: unknown) => derivation.to(trusted(record));
      return { ...node, subject, derive: (record, reader, bytes) => node.derive(subject(record), reader, bytes) };
    }
    case "parts":
      return partsNode(info, derivation.type, derivation.of);
  }
}

/** The tables are typed and are asked only with records of their own kind; here the types have been put away. */
const trusted = (record: unknown) => record as never;

function partsNode(info: PropertyInfo, subtype: string | undefined, of: Readonly<Record<string, AnyDerivation>>): Node {
  const declared = dataType(subtype ?? info.type);
  if (!declared) throw new Error(`${info.type} is not a data type, so ${info.name} has no parts.`);
  const parts = new Map<string, Node>();
  for (const property of declared.properties) {
    const part = of[property.name];
    if (part) parts.set(property.name, nodeOf(property, part));
  }
  const named = subtype !== undefined || declared.polymorphic;
  const list = [...parts];
  const derive = (record: unknown, reader: Reader, bytes: Bytes) => {
    const value: Record<string, unknown> = named ? { _typeName: declared.name } : {};
    for (const [name, part] of list) {
      const of = part.derive(record, reader, bytes);
      // On the wire no element is all there is of an empty array, as of one that is unset.
      if (of !== undefined && !(part.info.optional && Array.isArray(of) && of.length === 0)) value[name] = of;
    }
    return Object.freeze(value);
  };
  const bits = list.reduce((sum, [, part]) => sum | part.inputs, 0);
  return { info, inputs: bits, parts, ids: undefined, subject: itself, derive };
}

/** References by numbers; what is not there any more is left out, and no reference at all is unset. */
function refsOf(ids: Ids, one: boolean, reader: Reader): unknown {
  const refs = [];
  for (const id of ids instanceof PersistentMap ? ids.keys() : ids) {
    const object = reader.object(id);
    if (object) refs.push(refOf(object));
  }
  return one ? refs[0] : Object.freeze(refs);
}
