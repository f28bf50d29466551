import type { Edit } from "./edit.ts";
import { Bucket, fits, merged, part, putEntry, removeEntry } from "./index-bucket.ts";
import { at, count, lowest, replaced } from "./slots.ts";
import { HASH_BITS } from "./text-hash.ts";

/**
 * The tree behind PersistentIndex: a trie over the hash, five bits at a time from the top. A directory has 32 slots; a
 * bucket covers as large an aligned run of them (32, 16, 8, 4, 2 or 1) as it can hold the entries of, and a single slot
 * with too many entries gets a directory of its own. So buckets are well filled at any size, where a trie with one entry
 * per slot would spend more on nodes than on entries. A range is one bucket exactly when its entries fit into one: the
 * shape follows from the keys alone, never from the order of changes.
 */
export type IndexNode<V> = Bucket<V> | Directory<V>;

export class Directory<V> {
  readonly owner: number;
  /** Bit k is set when a child's run begins at slot k. */
  starts: number;
  /** The children in the order of their runs. */
  children: IndexNode<V>[];

  constructor(owner: number, starts: number, children: IndexNode<V>[]) {
    this.owner = owner;
    this.starts = starts;
    this.children = children;
  }
}

/** How far a hash is shifted right to tell the slot in the topmost directory. */
export const TOP_SHIFT = HASH_BITS - 5;

/** The index of the child whose run contains a slot. */
export function childIndex(starts: number, slot: number): number {
  return count(starts & ((2 << slot) - 1)) - 1;
}

/** The slot at which the run begins that contains a slot. */
function runStart(starts: number, slot: number): number {
  return 31 - Math.clz32(starts & ((2 << slot) - 1));
}

/** The slot after the run that begins at a slot. */
export function runEnd(starts: number, slot: number): number {
  const above = starts & ~((2 << slot) - 1);
  return above === 0 ? 32 : lowest(above);
}

/** The bucket that a hash falls into. */
export function bucketOf<V>(root: IndexNode<V>, hash: number): Bucket<V> {
  let node = root;
  for (let shift = TOP_SHIFT; !(node instanceof Bucket); shift -= 5) {
    node = at(node.children, childIndex(node.starts, (hash >>> shift) & 31));
  }
  return node;
}

/** The tree with a key set; the very same node when nothing changed or the change was made in place. */
export function put<V>(edit: Edit, root: IndexNode<V>, hash: number, key: string, value: V): IndexNode<V> {
  const next = putBelow(edit, root, TOP_SHIFT, hash, key, value);
  return next instanceof Bucket && !fits(next) ? directoryOf(edit, next, TOP_SHIFT) : next;
}

/** As `put`, but a bucket may come back overfull: what holds it has to split it. */
function putBelow<V>(edit: Edit, node: IndexNode<V>, shift: number, hash: number, key: string, value: V): IndexNode<V> {
  if (node instanceof Bucket) return putEntry(edit, node, hash, key, value);
  const slot = (hash >>> shift) & 31;
  const index = childIndex(node.starts, slot);
  const child = at(node.children, index);
  const next = putBelow(edit, child, shift - 5, hash, key, value);
  if (!(next instanceof Bucket) || fits(next)) return withChild(edit, node, index, child, next);
  const start = runStart(node.starts, slot);
  const parts = new Directory<V>(edit.id, node.starts, []);
  spread(edit, next, shift, start, runEnd(node.starts, start), parts);
  return withChildren(edit, node, parts.starts, node.children.toSpliced(index, 1, ...parts.children));
}

/** The tree without a key; an empty bucket when that leaves nothing, the very same node as in `put`. */
export function remove<V>(edit: Edit, node: IndexNode<V>, hash: number, key: string, shift = TOP_SHIFT): IndexNode<V> {
  if (node instanceof Bucket) return removeEntry(edit, node, hash, key);
  const slot = (hash >>> shift) & 31;
  const index = childIndex(node.starts, slot);
  const child = at(node.children, index);
  const next = remove(edit, child, hash, key, shift - 5);
  const kept = withChild(edit, node, index, child, next);
  return next instanceof Bucket ? gathered(edit, kept, slot) : kept;
}

/** A directory, or the one bucket it comes down to, after the bucket of a slot has become smaller. */
function gathered<V>(edit: Edit, directory: Directory<V>, slot: number): IndexNode<V> {
  let node = directory;
  for (;;) {
    const index = childIndex(node.starts, slot);
    const start = runStart(node.starts, slot);
    const width = runEnd(node.starts, start) - start;
    const low = start & ~width;
    const lowIndex = start === low ? index : index - 1;
    const [a, b] = [node.children[lowIndex], node.children[lowIndex + 1]];
    const halves = runEnd(node.starts, low) === low + width && runEnd(node.starts, low + width) === low + 2 * width;
    if (!halves || !(a instanceof Bucket) || !(b instanceof Bucket)) return node;
    const both = merged(edit, a, b);
    if (both === undefined) return node;
    if (width === 16) return both;
    const children = node.children.toSpliced(lowIndex, 2, both);
    node = withChildren(edit, node, node.starts & ~(1 << (low + width)), children);
  }
}

/** A bucket that is too full as a directory. */
function directoryOf<V>(edit: Edit, bucket: Bucket<V>, shift: number): Directory<V> {
  const directory = new Directory<V>(edit.id, 0, []);
  spread(edit, bucket, shift, 0, 32, directory);
  return directory;
}

/** Adds what lies in the slots from `start` to `end` to a directory, halving until every bucket fits. */
function spread<V>(edit: Edit, bucket: Bucket<V>, shift: number, start: number, end: number, into: Directory<V>): void {
  const whole = fits(bucket);
  if (whole || end === start + 1) {
    into.starts |= 1 << start;
    into.children.push(whole ? bucket : directoryOf(edit, bucket, shift - 5));
    return;
  }
  const middle = (start + end) / 2;
  spread(edit, part(edit.id, bucket, shift, start, middle), shift, start, middle, into);
  spread(edit, part(edit.id, bucket, shift, middle, end), shift, middle, end, into);
}

function withChild<V>(
  edit: Edit,
  node: Directory<V>,
  index: number,
  before: IndexNode<V>,
  after: IndexNode<V>,
): Directory<V> {
  if (before === after) return node;
  if (node.owner !== edit.id) return new Directory(edit.id, node.starts, replaced(node.children, index, after));
  node.children[index] = after;
  return node;
}

function withChildren<V>(edit: Edit, node: Directory<V>, starts: number, children: IndexNode<V>[]): Directory<V> {
  if (node.owner !== edit.id) return new Directory(edit.id, starts, children);
  node.starts = starts;
  node.children = children;
  return node;
}
