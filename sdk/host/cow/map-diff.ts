import { endOf, Leaf, type Node, slotOf } from "./map-node.ts";
import { at, lowest } from "./slots.ts";

/** Told of one key that differs; undefined stands for "not there". */
export type OnDifference<K, V> = (key: K, before: V | undefined, after: V | undefined) => void;

type Tree<V> = Node<V> | undefined;

/** Reports, in ascending key order, what differs by identity between two trees. A subtree both share is not entered. */
export function diffNodes<V>(a: Tree<V>, b: Tree<V>, on: OnDifference<number, V>): void {
  if (a === b) return;
  if (a === undefined || b === undefined) {
    reportAll(a, b, on);
  } else if (endOf(a) <= b.base) {
    reportAll(a, undefined, on);
    reportAll(undefined, b, on);
  } else if (endOf(b) <= a.base) {
    reportAll(undefined, b, on);
    reportAll(a, undefined, on);
  } else if (a instanceof Leaf && b instanceof Leaf) {
    diffLeaves(a, b, on);
  } else {
    diffSlots(a, b, Math.max(shiftOf(a), shiftOf(b)), on);
  }
}

/** Ranges that overlap are the same range, or one lies in a single slot of the other, whose shift this is. */
function diffSlots<V>(a: Node<V>, b: Node<V>, shift: number, on: OnDifference<number, V>): void {
  const bitsA = slotsOf(a, shift);
  const bitsB = slotsOf(b, shift);
  let i = 0;
  let k = 0;
  for (let bits = bitsA | bitsB; bits !== 0; bits &= bits - 1) {
    const bit = bits & -bits;
    const before = (bitsA & bit) === 0 ? undefined : childAt(a, shift, i++);
    const after = (bitsB & bit) === 0 ? undefined : childAt(b, shift, k++);
    if (before !== after) diffNodes(before, after, on);
  }
}

function shiftOf<V>(node: Node<V>): number {
  return node instanceof Leaf ? -1 : node.shift;
}

/** The slots a node takes at a level: its own if it is a branch of that level, otherwise the one it lies in. */
function slotsOf<V>(node: Node<V>, shift: number): number {
  return shiftOf(node) < shift ? 1 << slotOf(node.base, shift) : node.bits;
}

function childAt<V>(node: Node<V>, shift: number, index: number): Tree<V> {
  return node instanceof Leaf || node.shift < shift ? node : node.children[index];
}

function diffLeaves<V>(a: Leaf<V>, b: Leaf<V>, on: OnDifference<number, V>): void {
  let i = 0;
  let k = 0;
  for (let bits = a.bits | b.bits; bits !== 0; bits &= bits - 1) {
    const bit = bits & -bits;
    const before = (a.bits & bit) === 0 ? undefined : a.values[i++];
    const after = (b.bits & bit) === 0 ? undefined : b.values[k++];
    if ((a.bits & b.bits & bit) === 0 || !Object.is(before, after)) on(a.base + lowest(bit), before, after);
  }
}

/** Every entry of the one tree that is there. */
function reportAll<V>(before: Tree<V>, after: Tree<V>, on: OnDifference<number, V>): void {
  const node = before ?? after;
  if (node instanceof Leaf) {
    let index = 0;
    for (let bits = node.bits; bits !== 0; bits &= bits - 1) {
      const value = at(node.values, index++);
      on(node.base + lowest(bits), before && value, after && value);
    }
  } else if (node !== undefined) {
    for (const child of node.children) reportAll(before && child, after && child, on);
  }
}
