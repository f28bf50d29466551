import { dataType, type ManagedInfo, type PropertyInfo, subtypes } from "../../vim/schema.ts";
import type { Bytes, Reader } from "../properties/derivation.ts";
import { nodesOf } from "../properties/index.ts";
import type { Node } from "../properties/node.ts";
import { follow, invalidProperty, type Step, stepsOf } from "./path-syntax.ts";
import { boxed } from "./value.ts";

/** A path of a managed type, ready to be read and compared. */
export interface Path {
  readonly text: string;
  /** The finest derivation that the path goes through; undefined where nothing there is simulated: it is always unset. */
  readonly node: Node | undefined;
  /** What is left to be followed in the value of the node. */
  readonly rest: readonly Step[];
  /** What is at the end of it. */
  readonly info: PropertyInfo;
  /** Inputs, as bits. */
  readonly inputs: number;
  /** The privilege that it takes to read it. */
  readonly privilege: string;
  /** Turns the object's record into the one that the node is about. */
  readonly subject: (record: unknown) => unknown;
}

const mostKept = 2000;
const compiled = new WeakMap<ManagedInfo, Map<string, Path>>();

/** Compiles a path, or throws InvalidProperty, which names it, if the type has no such property. */
export function pathOf(type: ManagedInfo, text: string): Path {
  let paths = compiled.get(type);
  if (!paths) {
    paths = new Map();
    compiled.set(type, paths);
  }
  const known = paths.get(text);
  if (known) return known;
  const path = compile(type, text);
  // Keys in brackets are the caller's own, and faults have causes that have causes: such paths are without number.
  if (!text.includes("[") && paths.size < mostKept) paths.set(text, path);
  return path;
}

function compile(type: ManagedInfo, text: string): Path {
  const steps = stepsOf(text);
  const [first, ...others] = steps;
  const top = first && type.property(first.name);
  if (!first || !top) throw invalidProperty(text, `${type.name} has no property '${first?.name}'.`);
  let info = ended(top, first, text);
  let node = nodesOf(type.name).get(first.name);
  let subject = (record: unknown) => record;
  const rest: Step[] = first.key === undefined ? [] : [{ name: "", key: first.key }];
  for (const step of others) {
    info = ended(memberOf(info, step.name, text), step, text);
    if (!node || rest.length > 0 || !node.parts) {
      rest.push(step);
      continue;
    }
    const parent: Node = node;
    const above = subject;
    subject = (record) => parent.subject(above(record));
    node = parent.parts?.get(step.name);
    if (step.key !== undefined) rest.push({ name: "", key: step.key });
  }
  return { text, node, rest, info, inputs: node?.inputs ?? 0, privilege: top.privilege ?? "System.Read", subject };
}

/** The property that a step ends at: an element of an array where it has a key. */
function ended(info: PropertyInfo, { key }: Step, text: string): PropertyInfo {
  if (key === undefined) return info;
  if (!info.array) throw invalidProperty(text, `'${info.name}' is not an array: it has no elements to pick by key.`);
  return { ...info, array: false, optional: true };
}

function memberOf(info: PropertyInfo, name: string, text: string): PropertyInfo {
  if (info.array)
    throw invalidProperty(text, `'${info.name}' is an array: pick one of its elements by key, ${info.name}[key].`);
  const found =
    dataType(info.type)?.property(name) ??
    subtypes(info.type)
      .map((subtype) => dataType(subtype)?.property(name))
      .find((property) => property !== undefined);
  if (!found) throw invalidProperty(text, `'${info.name}' has no property '${name}'.`);
  return found;
}

/** The value at a path, as it travels where any type may; undefined when it is unset. */
export function valueAt(path: Path, record: unknown, reader: Reader, bytes: Bytes): unknown {
  return boxed(rawAt(path, record, reader, bytes), path.info.type);
}

export function rawAt({ node, rest, subject }: Path, record: unknown, reader: Reader, bytes: Bytes): unknown {
  let value = node?.derive(subject(record), reader, bytes);
  for (const step of rest) value = step.name === "" ? follow({ "": value }, step) : follow(value, step);
  return value;
}

/** All properties of a type that are simulated. */
export function allPaths(type: ManagedInfo): readonly Path[] {
  return [...nodesOf(type.name).keys()].map((name) => pathOf(type, name));
}
