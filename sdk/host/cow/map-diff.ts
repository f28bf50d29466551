import { endOf, Leaf, type Node, slotOf } from "./map-node.ts";
import { at, lowest, rank } from "./slots.ts";

/** Told of one key that differs; undefined stands for "not there". */
export type OnDifference<K, V> = (key: K, before: V | undefined, after: V | undefined) => void;

type Tree<V> = Node<V> | undefined;

/** Reports, in ascending key order, what differs by identity between two trees. A subtree both share is not entered. */
export function diffNodes<V>(a: Tree<V>, b: Tree<V>, on: OnDifference<number, V>): void {
  if (a === b) return;
  if (a === undefined || b === undefined) return reportAll(a, b, on);
  if (endOf(a) <= b.base) {
    reportAll(a, undefined, on);
    return reportAll(undefined, b, on);
  }
  if (endOf(b) <= a.base) {
    reportAll(undefined, b, on);
    return reportAll(a, undefined, on);
  }
  if (a instanceof Leaf && b instanceof Leaf) return diffLeaves(a, b, on);
  // Ranges that overlap are the same range, or one lies in a single slot of the other.
  const top = endOf(a) - a.base >= endOf(b) - b.base ? a : b;
  if (top instanceof Leaf) return;
  const { shift } = top;
  for (let bits = slotsOf(a, shift) | slotsOf(b, shift); bits !== 0; bits &= bits - 1) {
    const bit = bits & -bits;
    diffNodes(childAt(a, shift, bit), childAt(b, shift, bit), on);
  }
}

/** The slots a node takes at a level: its own if it is a branch of that level, otherwise the one it lies in. */
function slotsOf<V>(node: Node<V>, shift: number): number {
  return node instanceof Leaf || node.shift < shift ? 1 << slotOf(node.base, shift) : node.bits;
}

function childAt<V>(node: Node<V>, shift: number, bit: number): Tree<V> {
  if ((slotsOf(node, shift) & bit) === 0) return undefined;
  return node instanceof Leaf || node.shift < shift ? node : node.children[rank(node.bits, bit)];
}

function diffLeaves<V>(a: Leaf<V>, b: Leaf<V>, on: OnDifference<number, V>): void {
  for (let bits = a.bits | b.bits; bits !== 0; bits &= bits - 1) {
    const before = valueAt(a, bits & -bits);
    const after = valueAt(b, bits & -bits);
    const both = a.bits & b.bits & bits & -bits;
    if (both === 0 || !Object.is(before, after)) on(a.base + lowest(bits), before, after);
  }
}

function valueAt<V>(leaf: Leaf<V>, bit: number): V | undefined {
  return (leaf.bits & bit) === 0 ? undefined : leaf.values[rank(leaf.bits, bit)];
}

/** Every entry of the one tree that is there. */
function reportAll<V>(before: Tree<V>, after: Tree<V>, on: OnDifference<number, V>): void {
  const node = before ?? after;
  if (node === undefined) return;
  if (!(node instanceof Leaf)) {
    for (const child of node.children) reportAll(before && child, after && child, on);
    return;
  }
  let index = 0;
  for (let bits = node.bits; bits !== 0; bits &= bits - 1) {
    const value = at(node.values, index++);
    on(node.base + lowest(bits), before && value, after && value);
  }
}
