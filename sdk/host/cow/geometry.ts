/** Bytes in a page: the unit of sharing. */
export const PAGE_SIZE = 4096;
export const PAGE_BITS = 12;

/**
 * Children of a node. Of 16, 32, 64 and 128, 32 had the cheapest first write: a path copy of a machine of 8 GiB touches 5 nodes, which
 * take 760 bytes. It also makes a node's children the bits of one word.
 */
export const FAN_BITS = 5;
export const FAN = 1 << FAN_BITS;
export const FAN_MASK = FAN - 1;

/** The largest address space: 64 TiB, more than the largest disk and the largest memory of vSphere 8. */
export const MAX_PAGES = 2 ** 34;

const SPANS = Array.from({ length: 10 }, (_, i) => FAN ** i);

/** Pages below a node of this level; level 0 is a leaf, whose links are pages, and -1 a page. */
export function spanOf(level: number): number {
  return SPANS[level + 1] ?? Number.POSITIVE_INFINITY;
}

/** The leaf that a page belongs to, by number. */
export function leafOf(page: number): number {
  return Math.floor(page / FAN);
}

/** The level of the root of a tree that holds this many pages. */
export function heightOf(pages: number): number {
  let level = 0;
  while (spanOf(level) < pages) level++;
  return level;
}

/** Typed arrays are read through these, so that "perhaps undefined" is settled once (an index is always in range). */
export function int(view: Int32Array, index: number): number {
  return view[index] ?? 0;
}

export function real(view: Float64Array, index: number): number {
  return view[index] ?? 0;
}

/** The index of the lowest bit that is set. The word must not be 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
