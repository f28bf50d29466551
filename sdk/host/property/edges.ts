import { PersistentMap } from "../cow/persistent-map.ts";
import { noBytes, type Reader } from "../properties/derivation.ts";
import { isView } from "../views/managed-object-view.ts";
import { type Found, find, type Key, keyOf } from "./objects.ts";
import { type Path, rawAt } from "./path.ts";
import { type Edge, pathFrom, type Selection } from "./selection.ts";
import { isRef } from "./value.ts";

/** Calls for each object that an edge leads to from an object, in the state that is read. */
export function follow(found: Found, edge: Edge, reader: Reader, on: (key: Key) => void): void {
  const path = pathFrom(found.type, edge);
  if (!path) return;
  if (isView(found.record)) {
    for (const key of found.record.keys(reader)) on(key);
    return;
  }
  const ids = idsOf(path, found);
  if (ids) for (const id of ids instanceof PersistentMap ? ids.keys() : ids) on(id);
  else for (const key of keysIn(path, found, reader)) on(key);
}

/** The numbers that a property refers to, where it is kept as numbers. */
export function idsOf(path: Path, found: Found) {
  return path.rest.length === 0 ? path.node?.ids?.(path.subject(found.record)) : undefined;
}

function keysIn(path: Path, found: Found, reader: Reader): Key[] {
  const value = rawAt(path, found.record, reader, noBytes);
  const refs: unknown[] = Array.isArray(value) ? value : [value];
  return refs.flatMap((ref) => (typeof ref === "object" && ref !== null && isRef(ref) ? [keyOf(ref)] : []));
}

/**
 * Walks what a selection leads to, each object once for each selection that it is reached with, and calls for every object that is
 * to be reported, each once.
 */
export function walk(
  roots: Iterable<{ readonly key: Key; readonly report: boolean; readonly selection: Selection }>,
  reader: Reader,
  on: (key: Key) => void,
): void {
  const reported = new Set<Key>();
  const visited = new Map<Selection, Set<Key>>();
  const open: [Key, Selection][] = [];
  const arrive = (key: Key, selection: Selection, report: boolean) => {
    if (report && !reported.has(key)) {
      reported.add(key);
      on(key);
    }
    if (selection.edges.length === 0) return;
    let seen = visited.get(selection);
    if (!seen) {
      seen = new Set();
      visited.set(selection, seen);
    }
    if (seen.has(key)) return;
    seen.add(key);
    open.push([key, selection]);
  };
  for (const { key, selection, report } of roots) arrive(key, selection, report);
  for (let next = open.pop(); next; next = open.pop()) {
    const found = find(reader, next[0]);
    if (!found) continue;
    for (const edge of next[1].edges) follow(found, edge, reader, (key) => arrive(key, edge.next, edge.report));
  }
}
