import { FAN, PAGE_SIZE, spanOf } from "./geometry.ts";
import type { Tables } from "./tables.ts";

const NONE = Number.POSITIVE_INFINITY;

/** A range of an address space, in bytes; whole pages. */
export interface Extent {
  readonly address: number;
  readonly length: number;
}

/** Finds the first page from a number on that is wanted, or one that is not; infinite if there is none. */
export type Search = (from: number, wanted: boolean) => number;

/** The runs of wanted pages from an address on. `sizeAt` tells the size of the space, or throws if there is none any more. */
export function* extentsFrom(
  search: Search,
  from: number,
  sizeAt: (address: number) => number,
): Generator<Extent, void> {
  for (let at = from; ; ) {
    const end = sizeAt(at) / PAGE_SIZE;
    const first = search(Math.floor(at / PAGE_SIZE), true);
    if (first >= end) return;
    at = Math.min(search(first, false), end) * PAGE_SIZE;
    yield { address: first * PAGE_SIZE, length: at - first * PAGE_SIZE };
  }
}

/** Wants pages that are mapped. Whole subtrees are answered from their figures. */
export function mappedSearch(tables: Tables, handle: number): Search {
  const { handles } = tables;
  return (from, wanted) => searchBelow(tables, handles.root(handle), handles.height(handle), 0, from, wanted);
}

/**
 * Wants pages that two address spaces do not share; one that is zero in both counts as shared. Common subtrees are skipped, so that
 * it costs what differs.
 */
export function differenceSearch(tables: Tables, one: number, other: number): Search {
  const { handles, streams } = tables;

  function below(a: number, b: number, level: number, base: number, from: number, wanted: boolean): number {
    if (base + spanOf(level) <= from) return NONE;
    // Equal positive links are one subtree; a stream's link is never shared.
    if (a === b && a >= 0) return wanted ? NONE : Math.max(from, base);
    if (level < 0) return wanted ? base : NONE;
    if (a < 0 && b < 0 && !streams.image(~a) && !streams.image(~b)) {
      const longer = streams.clip(~a, base, NONE) < streams.clip(~b, base, NONE) ? b : a;
      return searchBelow(tables, longer, level, base, from, wanted);
    }
    if (a === 0 && level <= handles.height(other)) return searchBelow(tables, b, level, base, from, wanted);
    if (b === 0 && level <= handles.height(one)) return searchBelow(tables, a, level, base, from, wanted);
    const span = spanOf(level - 1);
    for (let slot = Math.max(0, Math.floor((from - base) / span)); slot < FAN; slot++) {
      const at = base + slot * span;
      const found = below(
        childOf(tables, a, handles.height(one), level, slot, at),
        childOf(tables, b, handles.height(other), level, slot, at),
        level - 1,
        at,
        from,
        wanted,
      );
      if (found < NONE) return found;
    }
    return NONE;
  }

  return (from, wanted) => {
    const height = Math.max(handles.height(one), handles.height(other));
    return below(handles.root(one), handles.root(other), height, 0, from, wanted);
  };
}

/** A link of a node of the level; of a tree that is less high, its root stands for the first link; a stream has no node. */
function childOf(tables: Tables, link: number, height: number, level: number, slot: number, base: number): number {
  if (level > height) return slot === 0 ? link : 0;
  if (link > 0) return tables.nodes.link(link, slot);
  return link < 0 && tables.streams.clip(~link, base, spanOf(level - 1)) > 0 ? link : 0;
}

function searchBelow(tables: Tables, link: number, level: number, base: number, from: number, wanted: boolean): number {
  const start = Math.max(from, base);
  const end = base + spanOf(level);
  if (start >= end) return NONE;
  if (link === 0) return wanted ? NONE : start;
  if (link < 0) {
    const found = tables.streams.next(~link, start, wanted);
    return found < end ? found : NONE;
  }
  if (level < 0) return wanted ? base : NONE;
  if (!wanted && tables.nodes.mapped(link) === spanOf(level)) return NONE;
  const span = spanOf(level - 1);
  for (let slot = Math.floor((start - base) / span); slot < FAN; slot++) {
    const found = searchBelow(tables, tables.nodes.link(link, slot), level - 1, base + slot * span, from, wanted);
    if (found < NONE) return found;
  }
  return NONE;
}
