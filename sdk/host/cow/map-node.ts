import type { Edit } from "./edit.ts";
import { at, inserted, rank, removed, replaced, single } from "./slots.ts";

/**
 * The tree behind PersistentMap: a radix tree over the key's bits, five at a time, in which a branch with one child does
 * not exist. Dense keys fill leaves of 32 values; a lone key far away costs one leaf, not a chain. The shape follows from
 * the keys alone, never from the order of changes, so two maps that hold the same keys can be compared node by node.
 */
export type Node<V> = Leaf<V> | Branch<V>;

/** Up to 32 values: those of the keys `base` to `base + 31`. */
export class Leaf<V> {
  readonly owner: number;
  readonly base: number;
  /** Bit k is set when the key `base + k` is there. */
  bits: number;
  values: V[];
  /** The measure's sum over the leaf, once a frozen map was asked: no edit changes the leaf from then on. */
  sum: number | undefined = undefined;

  constructor(owner: number, base: number, bits: number, values: V[]) {
    this.owner = owner;
    this.base = base;
    this.bits = bits;
    this.values = values;
  }
}

/** Two to 32 children; child k holds keys from `base + k * 2 ** shift` on, and all its keys are below `end`. */
export class Branch<V> {
  readonly owner: number;
  readonly base: number;
  readonly end: number;
  readonly shift: number;
  bits: number;
  children: Node<V>[];
  sum: number | undefined = undefined;

  constructor(owner: number, base: number, end: number, shift: number, bits: number, children: Node<V>[]) {
    this.owner = owner;
    this.base = base;
    this.end = end;
    this.shift = shift;
    this.bits = bits;
    this.children = children;
  }
}

/** Where bit operations stop being right: they see the low 32 bits of a key. Six levels of five bits lie below. */
const LOW_BITS = 30;
const LOW = 2 ** LOW_BITS;

/** Which of a branch's 32 slots a key falls into. Right for every safe integer. */
export function slotOf(key: number, shift: number): number {
  return shift < LOW_BITS ? (key >>> shift) & 31 : ((key / LOW) >>> (shift - LOW_BITS)) & 31;
}

/** The first key after the node's range. */
export function endOf<V>(node: Node<V>): number {
  return node instanceof Leaf ? node.base + 32 : node.end;
}

/** The leaf in whose range the key falls, if the tree has one. */
export function leafOf<V>(root: Node<V> | undefined, key: number): Leaf<V> | undefined {
  let node = root;
  while (node instanceof Branch) {
    const bit = 1 << slotOf(key, node.shift);
    if ((node.bits & bit) === 0) return undefined;
    node = node.children[rank(node.bits, bit)];
  }
  // The levels skipped on the way down are checked here, once.
  return node !== undefined && node.base === key - (key & 31) ? node : undefined;
}

/** The tree with the key set; the very same node when nothing changed or the change was made in place. */
export function put<V>(edit: Edit, node: Node<V>, key: number, value: V): Node<V> {
  if (key < node.base || key >= endOf(node)) {
    edit.size++;
    return join(edit, node, leafWith(edit, key, value));
  }
  return node instanceof Leaf ? putValue(edit, node, key, value) : putBelow(edit, node, key, value);
}

/** A leaf for a key's range that holds that key alone. */
export function leafWith<V>(edit: Edit, key: number, value: V): Leaf<V> {
  return new Leaf(edit.id, key - (key & 31), 1 << (key & 31), single(value));
}

function putValue<V>(edit: Edit, leaf: Leaf<V>, key: number, value: V): Leaf<V> {
  const bit = 1 << (key & 31);
  const index = rank(leaf.bits, bit);
  if ((leaf.bits & bit) === 0) {
    edit.size++;
    return withValues(edit, leaf, leaf.bits | bit, inserted(leaf.values, index, value));
  }
  if (Object.is(leaf.values[index], value)) return leaf;
  return withValues(edit, leaf, leaf.bits, replaced(leaf.values, index, value));
}

function putBelow<V>(edit: Edit, branch: Branch<V>, key: number, value: V): Branch<V> {
  const bit = 1 << slotOf(key, branch.shift);
  const index = rank(branch.bits, bit);
  if ((branch.bits & bit) === 0) {
    edit.size++;
    const children = inserted<Node<V>>(branch.children, index, leafWith(edit, key, value));
    return withChildren(edit, branch, branch.bits | bit, children);
  }
  const child = at(branch.children, index);
  return withChild(edit, branch, index, child, put(edit, child, key, value));
}

/** The tree without the key; undefined when that leaves nothing, the very same node as in `put`. */
export function remove<V>(edit: Edit, node: Node<V>, key: number): Node<V> | undefined {
  if (key < node.base || key >= endOf(node)) return node;
  const bit = 1 << (node instanceof Leaf ? key & 31 : slotOf(key, node.shift));
  if ((node.bits & bit) === 0) return node;
  const index = rank(node.bits, bit);
  const rest = node.bits ^ bit;
  if (node instanceof Leaf) {
    edit.size--;
    return rest === 0 ? undefined : withValues(edit, node, rest, removed(node.values, index));
  }
  const child = at(node.children, index);
  const next = remove(edit, child, key);
  if (next !== undefined) return withChild(edit, node, index, child, next);
  if (node.children.length === 2) return node.children[1 - index];
  return withChildren(edit, node, rest, removed(node.children, index));
}

function withValues<V>(edit: Edit, leaf: Leaf<V>, bits: number, values: V[]): Leaf<V> {
  if (leaf.owner !== edit.id) return new Leaf(edit.id, leaf.base, bits, values);
  leaf.bits = bits;
  leaf.values = values;
  return leaf;
}

function withChildren<V>(edit: Edit, branch: Branch<V>, bits: number, children: Node<V>[]): Branch<V> {
  if (branch.owner !== edit.id) return new Branch(edit.id, branch.base, branch.end, branch.shift, bits, children);
  branch.bits = bits;
  branch.children = children;
  return branch;
}

function withChild<V>(edit: Edit, branch: Branch<V>, index: number, before: Node<V>, after: Node<V>): Branch<V> {
  if (before === after) return branch;
  if (branch.owner !== edit.id) return withChildren(edit, branch, branch.bits, replaced(branch.children, index, after));
  branch.children[index] = after;
  return branch;
}

/** The lowest branch that holds two nodes whose ranges do not touch. */
function join<V>(edit: Edit, a: Node<V>, b: Node<V>): Branch<V> {
  const shift = divergence(a.base, b.base);
  const span = 2 ** (shift + 5);
  const base = a.base - (a.base % span);
  const bits = (1 << slotOf(a.base, shift)) | (1 << slotOf(b.base, shift));
  return new Branch(edit.id, base, base + span, shift, bits, a.base < b.base ? [a, b] : [b, a]);
}

/** The shift of the highest five bits in which two keys differ. */
function divergence(a: number, b: number): number {
  const high = (a / LOW) ^ (b / LOW);
  const bits = high === 0 ? a ^ b : high;
  const level = Math.floor((31 - Math.clz32(bits)) / 5) * 5;
  return high === 0 ? level : level + LOW_BITS;
}
