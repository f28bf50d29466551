import { NOBODY } from "./edit.ts";
import { Bucket, part } from "./index-bucket.ts";
import { childIndex, type IndexNode, runEnd, TOP_SHIFT } from "./index-node.ts";
import type { OnDifference } from "./map-diff.ts";
import { at } from "./slots.ts";

/** Reports, in iteration order, what differs by identity between two trees. A subtree both share is not entered. */
export function diffIndexes<V>(
  a: IndexNode<V>,
  b: IndexNode<V>,
  on: OnDifference<string, V>,
  shift: number = TOP_SHIFT,
): void {
  if (a === b) return;
  if (a instanceof Bucket && b instanceof Bucket) {
    diffBuckets(a, b, on);
    return;
  }
  if (!(a instanceof Bucket) && !(b instanceof Bucket) && a.starts === b.starts) {
    for (let i = 0; i < a.children.length; i++) {
      const before = at(a.children, i);
      const after = at(b.children, i);
      if (before !== after) diffIndexes(before, after, on, shift - 5);
    }
    return;
  }
  // Runs are aligned: of two that overlap the smaller begins here and lies within the larger, which then is a bucket.
  for (let slot = 0; slot < 32; ) {
    const end = Math.min(runEnd(startsOf(a), slot), runEnd(startsOf(b), slot));
    diffIndexes(under(a, shift, slot, end), under(b, shift, slot, end), on, shift - 5);
    slot = end;
  }
}

function startsOf<V>(node: IndexNode<V>): number {
  return node instanceof Bucket ? 1 : node.starts;
}

/** What a node holds in some of its slots. */
function under<V>(node: IndexNode<V>, shift: number, slot: number, end: number): IndexNode<V> {
  const child = node instanceof Bucket ? node : at(node.children, childIndex(node.starts, slot));
  return child instanceof Bucket ? part(NOBODY, child, shift, slot, end) : child;
}

function diffBuckets<V>(a: Bucket<V>, b: Bucket<V>, on: OnDifference<string, V>): void {
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    const order = compare(a, i, b, k);
    if (order < 0) {
      on(a.keyAt(i), a.valueAt(i), undefined);
    } else if (order > 0) {
      on(b.keyAt(k), undefined, b.valueAt(k));
    } else if (!Object.is(a.valueAt(i), b.valueAt(k))) {
      on(a.keyAt(i), a.valueAt(i), b.valueAt(k));
    }
    if (order <= 0) i++;
    if (order >= 0) k++;
  }
}

/** Below zero when the first bucket's entry comes first, above when the second's does; past the end comes last. */
function compare<V>(a: Bucket<V>, i: number, b: Bucket<V>, k: number): number {
  if (i === a.length) return 1;
  if (k === b.length) return -1;
  const order = a.hashAt(i) - b.hashAt(k);
  if (order !== 0) return order;
  const [before, after] = [a.keyAt(i), b.keyAt(k)];
  return before === after ? 0 : before < after ? -1 : 1;
}
