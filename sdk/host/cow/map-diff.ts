import { endOf, Leaf, type Node, slotOf } from "./map-node.ts";
import { at, lowest, rank } from "./slots.ts";

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
    // Ranges that overlap are the same range, or one lies in a single slot of the other.
    const shift = Math.max(shiftOf(a), shiftOf(b));
    for (let bits = slotsOf(a, shift) | slotsOf(b, shift); bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      diffNodes(childAt(a, shift, bit), childAt(b, shift, bit), on);
    }
  }
}

function shiftOf<V>(node: Node<V>): number {
  return node instanceof Leaf ? -1 : node.shift;
}

/** The slots a node takes at a level: its own if it is a branch of that level, otherwise the one it lies in. */
function slotsOf<V>(node: Node<V>, shift: number): number {
  return shiftOf(node) < shift ? 1 << slotOf(node.base, shift) : node.bits;
}

function childAt<V>(node: Node<V>, shift: number, bit: number): Tree<V> {
  if ((slotsOf(node, shift) & bit) === 0) return undefined;
  return node instanceof Leaf || node.shift < shift ? node : node.children[rank(node.bits, bit)];
}

function diffLeaves<V>(a: Leaf<V>, b: Leaf<V>, on: OnDifference<number, V>): void {
  for (let bits = a.bits | b.bits; bits !== 0; bits &= bits - 1) {
    const bit = bits & -bits;
    const before = valueAt(a, bit);
    const after = valueAt(b, bit);
    if ((a.bits & b.bits & bit) === 0 || !Object.is(before, after)) on(a.base + lowest(bit), before, after);
  }
}

function valueAt<V>(leaf: Leaf<V>, bit: number): V | undefined {
  return (leaf.bits & bit) === 0 ? undefined : leaf.values[rank(leaf.bits, bit)];
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
