import type { vim } from "../../vim/index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { type Bytes, inputs, type Reader } from "../properties/derivation.ts";
import type { Node } from "../properties/node.ts";
import { refOf } from "../state/id.ts";
import { equal } from "./equal.ts";
import { changesWithin } from "./partial.ts";
import { type Path, rawAt } from "./path.ts";
import { assign, elementName } from "./property-change.ts";

/** An object in a state. */
export interface Side {
  readonly record: unknown;
  readonly reader: Reader;
  /** Undefined where nobody remembers them: then they count as changed. */
  readonly bytes: Bytes | undefined;
}

/** The record itself has changed: beside the inputs, as bits. */
export const recordChanged = 1 << 20;

/** An object before and after a change, and what of it has changed: the record, or inputs that it depends on. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly reasons: number;
}

const noBytes: Bytes = [];
const derive = (node: Node, { record, reader, bytes }: Side) => node.derive(record, reader, bytes ?? noBytes);

/** The changes of one path: of the whole where anything in it has changed, or with `partial` of just what has changed. */
export function changesOf(path: Path, object: Comparison, partial: boolean): vim.PropertyChange[] {
  const { node } = path;
  if (!node || !concerns(node, object)) return [];
  const before = { ...object.before, record: path.subject(object.before.record) };
  const after = { ...object.after, record: path.subject(object.after.record) };
  const own = { ...object, before, after };
  if (path.rest.length > 0) return changesInside(path, object);
  if (partial) return partialChanges(path.text, node, own);
  return differs(node, own) ? [assign(path.text, derive(node, after), path.info.type)] : [];
}

/** A path that goes on in the value of a node. */
function changesInside(path: Path, { before, after }: Comparison): vim.PropertyChange[] {
  const was = rawAt(path, before.record, before.reader, before.bytes ?? noBytes);
  const is = rawAt(path, after.record, after.reader, after.bytes ?? noBytes);
  if (equal(was, is)) return [];
  if (is !== undefined) return [assign(path.text, is, path.info.type)];
  return [Object.freeze({ name: path.text, op: path.text.endsWith("]") ? "remove" : "indirectRemove" })];
}

const concerns = (node: Node, { reasons }: Comparison) =>
  (reasons & recordChanged) !== 0 || (node.inputs & reasons) !== 0;

const passes = (node: Node) => (node.inputs & inputs.moment) !== 0 && !node.parts;

/** Whether anything in a value has changed, found out part by part. */
function differs(node: Node, object: Comparison): boolean {
  if (!concerns(node, object) || passes(node)) return false;
  if (node.parts) {
    const own = stepInto(node, object);
    for (const part of node.parts.values()) if (differs(part, own)) return true;
    return false;
  }
  if ((node.inputs & inputs.bytes) !== 0 && object.before.bytes === undefined) return true;
  if (node.ids) return idsDiffer(node, object);
  return !equal(derive(node, object.before), derive(node, object.after));
}

/** The parts of some nodes are derived from another record than the whole. */
function stepInto(node: Node, object: Comparison): Comparison {
  const before = node.subject(object.before.record);
  const after = node.subject(object.after.record);
  if (before === object.before.record && after === object.after.record) return object;
  return { ...object, before: { ...object.before, record: before }, after: { ...object.after, record: after } };
}

function idsDiffer(node: Node, { before, after }: Comparison): boolean {
  const was = node.ids?.(before.record);
  const is = node.ids?.(after.record);
  if (was === is || was === undefined || is === undefined) return was !== is;
  if (was instanceof PersistentMap && is instanceof PersistentMap) {
    let different = false;
    PersistentMap.diff(was, is, () => {
      different = true;
    });
    return different;
  }
  return !equal(was, is);
}

function partialChanges(name: string, node: Node, object: Comparison): vim.PropertyChange[] {
  if (!concerns(node, object) || passes(node)) return [];
  if (node.parts) {
    const own = stepInto(node, object);
    return [...node.parts].flatMap(([part, child]) => partialChanges(`${name}.${part}`, child, own));
  }
  const { before, after } = object;
  const was = node.ids?.(before.record);
  const is = node.ids?.(after.record);
  if (was instanceof PersistentMap && is instanceof PersistentMap) return memberChanges(name, was, is, object);
  if ((node.inputs & inputs.bytes) !== 0 && before.bytes === undefined)
    return [assign(name, derive(node, after), node.info.type)];
  return changesWithin(name, derive(node, before), derive(node, after), node.info.type);
}

/** Who came to a set of objects and who left it: as much as has changed, however many there are. */
function memberChanges(
  name: string,
  was: PersistentMap<true>,
  is: PersistentMap<true>,
  { before, after }: Comparison,
): vim.PropertyChange[] {
  const changes: vim.PropertyChange[] = [];
  PersistentMap.diff(was, is, (id, _was, now) => {
    const record = (now ? after : before).reader.object(id);
    if (!record) return;
    const val = refOf(record);
    const element = elementName(name, val.value);
    changes.push(Object.freeze(now ? { name: element, op: "add", val } : { name: element, op: "remove" }));
  });
  return changes;
}
