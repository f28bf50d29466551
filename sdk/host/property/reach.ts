import { PersistentMap } from "../cow/persistent-map.ts";
import type { Reader } from "../properties/derivation.ts";
import { isView, type ManagedObjectView } from "../views/managed-object-view.ts";
import type { Changes } from "./changes.ts";
import { follow, idsOf } from "./edges.ts";
import { type Found, find, type Key, keyOf } from "./objects.ts";
import { type Edge, pathFrom, type Selection } from "./selection.ts";
import type { FilterSpec } from "./spec.ts";

/** Views, and what they were at some moment. */
export type ViewContents = ReadonlyMap<ManagedObjectView, unknown>;

/** An object that a selection goes on from. */
interface Place {
  /** How many ways lead to it. */
  ways: number;
  /** Whether its edges are counted at what they lead to. */
  expanded: boolean;
  /** What it led to, and what it was, where a state cannot tell later: views and other things of a session. */
  other:
    | { readonly record: unknown; readonly contents: unknown; readonly children: ReadonlyMap<Edge, readonly Key[]> }
    | undefined;
}

/**
 * What a filter selects, kept up to date: how many ways lead to each object. A change costs what it changes: only the edges of
 * objects that have changed are compared, set against set.
 */
export class Reach {
  readonly #reported = new Map<Key, number>();
  readonly #places = new Map<Selection, Map<Key, Place>>();
  /** Places that are no part of a state: few, and looked at every time. */
  readonly #others = new Map<Selection, Set<string>>();
  readonly #then: ViewContents;
  #unsettled: [Selection, Key][] = [];
  #crossed = new Set<Key>();

  /** Works a selection out, with views as they are or as they were `then`. */
  constructor(spec: FilterSpec, reader: Reader, then: ViewContents = new Map()) {
    this.#then = then;
    for (const { ref, report, selection } of spec.roots) this.#arrive(keyOf(ref), selection, report, 1);
    this.#settle(reader);
    this.#crossed = new Set();
  }

  has(key: Key): boolean {
    return this.#reported.has(key);
  }

  /** All objects that are selected, those that are not there included. */
  keys(): Iterable<Key> {
    return this.#reported.keys();
  }

  /** The views that are walked through, as they were when they were last looked at. */
  get contents(): ViewContents {
    const found = new Map<ManagedObjectView, unknown>();
    for (const [selection, keys] of this.#others) {
      for (const key of keys) {
        const other = this.#places.get(selection)?.get(key)?.other;
        if (isView(other?.record)) found.set(other.record, other.contents);
      }
    }
    return found;
  }

  /** Follows a change of state. Returns the objects that were selected and are no longer, or the other way round. */
  update(from: Reader, to: Reader, changes: Changes): ReadonlySet<Key> {
    this.#crossed = new Set();
    for (const [selection, places] of this.#places) {
      for (const { id } of changes.objects) this.#compare(selection, places.get(id), id, from, to);
      for (const { id } of changes.tasks) this.#compare(selection, places.get(-id), -id, from, to);
    }
    for (const [selection, keys] of this.#others) {
      for (const key of keys) {
        this.#compareOther(selection, this.#places.get(selection)?.get(key), key, from, to, changes);
      }
    }
    this.#settle(to);
    return this.#crossed;
  }

  /** Takes over from what was worked out anew. Returns the objects that are in only one of the two. */
  differenceFrom(before: Reach): ReadonlySet<Key> {
    const crossed = new Set<Key>();
    for (const key of before.keys()) if (!this.has(key)) crossed.add(key);
    for (const key of this.keys()) if (!before.has(key)) crossed.add(key);
    return crossed;
  }

  #arrive(key: Key, selection: Selection, report: boolean, by: 1 | -1): void {
    if (report) {
      const ways = (this.#reported.get(key) ?? 0) + by;
      if (ways === 0) this.#reported.delete(key);
      else this.#reported.set(key, ways);
      if (ways === 0 || (ways === 1 && by === 1)) this.#crossed.add(key);
    }
    if (selection.edges.length === 0) return;
    const place = this.#placeOf(selection, key);
    place.ways += by;
    if (place.ways > 0 !== place.expanded) this.#unsettled.push([selection, key]);
  }

  #placeOf(selection: Selection, key: Key): Place {
    const places = this.#places.get(selection) ?? new Map<Key, Place>();
    const known = places.get(key);
    if (known) return known;
    const place = { ways: 0, expanded: false, other: undefined };
    this.#places.set(selection, places.set(key, place));
    if (typeof key === "string") this.#others.set(selection, (this.#others.get(selection) ?? new Set()).add(key));
    return place;
  }

  /** Counts the edges of places that were come to, and no longer those of places that nothing leads to any more. */
  #settle(reader: Reader): void {
    for (let next = this.#unsettled.pop(); next; next = this.#unsettled.pop()) {
      const [selection, key] = next;
      const places = this.#places.get(selection);
      const place = places?.get(key);
      if (!places || !place || place.ways > 0 === place.expanded) continue;
      place.expanded = !place.expanded;
      if (place.expanded) this.#expand(selection, place, key, reader);
      else {
        this.#contract(selection, place, key, reader);
        if (place.ways > 0) continue;
        places.delete(key);
        if (typeof key === "string") this.#others.get(selection)?.delete(key);
      }
    }
  }

  #expand(selection: Selection, place: Place, key: Key, reader: Reader): void {
    const found = find(reader, key);
    if (!found) return;
    const { record } = found;
    if (isView(record)) {
      const contents = this.#then.has(record) ? this.#then.get(record) : record.contents;
      place.other = { record, contents, children: new Map() };
      this.#throughView(selection, record, record.keysAt({ contents, reader }), 1);
      return;
    }
    const children = new Map<Edge, readonly Key[]>();
    for (const edge of selection.edges) {
      const arrive = (child: Key) => this.#arrive(child, edge.next, edge.report, 1);
      if (typeof key !== "string") {
        follow(found, edge, reader, arrive);
        continue;
      }
      const list = keysAlong(found, edge, reader);
      children.set(edge, list);
      list.forEach(arrive);
    }
    if (typeof key === "string") place.other = { record, contents: undefined, children };
  }

  #throughView(selection: Selection, view: ManagedObjectView, keys: Iterable<Key>, by: 1 | -1): void {
    for (const edge of selection.edges) {
      if (pathFrom(view.ref.type, edge)) for (const key of keys) this.#arrive(key, edge.next, edge.report, by);
    }
  }

  #contract(selection: Selection, place: Place, key: Key, reader: Reader): void {
    const { other } = place;
    if (isView(other?.record)) {
      this.#throughView(selection, other.record, other.record.keysAt({ contents: other.contents, reader }), -1);
    } else {
      const found = other ? undefined : find(reader, key);
      for (const edge of selection.edges) {
        const leave = (child: Key) => this.#arrive(child, edge.next, edge.report, -1);
        if (found) follow(found, edge, reader, leave);
        else other?.children.get(edge)?.forEach(leave);
      }
    }
    place.other = undefined;
  }

  #compare(selection: Selection, place: Place | undefined, key: Key, from: Reader, to: Reader): void {
    if (!place?.expanded) return;
    const before = find(from, key);
    const after = find(to, key);
    for (const edge of selection.edges) {
      const on = (child: Key, by: 1 | -1) => this.#arrive(child, edge.next, edge.report, by);
      if (before && before.type === after?.type && this.#compareIds(before, after, edge, on)) continue;
      compareKeys(keysAlong(before, edge, from), keysAlong(after, edge, to), on);
    }
  }

  /** Compares sets of numbers part by part: parts that both share are not looked at. False where it is no such set. */
  #compareIds(before: Found, after: Found, edge: Edge, on: (child: Key, by: 1 | -1) => void): boolean {
    const path = pathFrom(after.type, edge);
    if (!path) return true;
    const was = idsOf(path, before);
    const is = idsOf(path, after);
    if (was !== undefined && was === is) return true;
    if (!(was instanceof PersistentMap) || !(is instanceof PersistentMap)) return false;
    PersistentMap.diff(was, is, (id, _was, now) => on(id, now ? 1 : -1));
    return true;
  }

  #compareOther(
    selection: Selection,
    place: Place | undefined,
    key: Key,
    from: Reader,
    to: Reader,
    changes: Changes,
  ): void {
    if (!place?.expanded) return;
    const { other } = place;
    const after = find(to, key);
    if (isView(other?.record)) {
      const view = other.record;
      const { contents } = view;
      for (const edge of selection.edges) {
        if (!pathFrom(view.ref.type, edge)) continue;
        const before = { contents: other.contents, reader: from };
        view.difference(before, { contents, reader: to }, changes, (child, by) =>
          this.#arrive(child, edge.next, edge.report, by),
        );
      }
      place.other = { ...other, contents };
      return;
    }
    const children = new Map<Edge, readonly Key[]>();
    for (const edge of selection.edges) {
      const is = keysAlong(after, edge, to);
      compareKeys(other?.children.get(edge) ?? [], is, (child, by) => this.#arrive(child, edge.next, edge.report, by));
      children.set(edge, is);
    }
    place.other = { record: after?.record, contents: undefined, children };
  }
}

function keysAlong(found: Found | undefined, edge: Edge, reader: Reader): Key[] {
  const keys: Key[] = [];
  if (found) follow(found, edge, reader, (key) => keys.push(key));
  return keys;
}

function compareKeys(before: readonly Key[], after: readonly Key[], on: (key: Key, by: 1 | -1) => void): void {
  const ways = new Map<Key, number>();
  for (const key of after) ways.set(key, (ways.get(key) ?? 0) + 1);
  for (const key of before) ways.set(key, (ways.get(key) ?? 0) - 1);
  for (const [key, n] of ways) for (let i = Math.abs(n); i > 0; i--) on(key, n > 0 ? 1 : -1);
}
