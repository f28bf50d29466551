import { endOf, Leaf, type Node } from "./map-node.ts";
import { at, lowest } from "./slots.ts";

/** An iterator over a tree in ascending key order, from a key on; `pick` says what it yields. */
export class MapWalk<V, T> implements IterableIterator<T> {
  readonly #pick: (key: number, value: V) => T;
  /** Nodes still to visit, the next one last. */
  readonly #pending: Node<V>[] = [];
  #leaf: Leaf<V> | undefined;
  /** The bits of the leaf's slots still to yield, and the index of the first of them. */
  #bits = 0;
  #index = 0;

  constructor(root: Node<V> | undefined, from: number, pick: (key: number, value: V) => T) {
    this.#pick = pick;
    if (root !== undefined) this.#pending.push(root);
    this.#descend(from);
    while (this.#leaf !== undefined && this.#bits !== 0 && this.#leaf.base + lowest(this.#bits) < from) this.#skip();
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    if (this.#bits === 0) this.#descend(0);
    const leaf = this.#leaf;
    if (leaf === undefined) return { done: true, value: undefined };
    const key = leaf.base + lowest(this.#bits);
    const value = at(leaf.values, this.#index);
    this.#skip();
    return { done: false, value: this.#pick(key, value) };
  }

  #skip(): void {
    this.#bits &= this.#bits - 1;
    this.#index++;
  }

  /** To the next leaf that reaches beyond `from`. */
  #descend(from: number): void {
    this.#leaf = undefined;
    for (let node = this.#pending.pop(); node !== undefined; node = this.#pending.pop()) {
      if (endOf(node) <= from) continue;
      if (node instanceof Leaf) {
        this.#leaf = node;
        this.#bits = node.bits;
        this.#index = 0;
        return;
      }
      for (let i = node.children.length - 1; i >= 0; i--) this.#pending.push(at(node.children, i));
    }
  }
}

/** The lowest key of a tree. */
export function firstKey<V>(root: Node<V>): number {
  let node = root;
  while (!(node instanceof Leaf)) node = at(node.children, 0);
  return node.base + lowest(node.bits);
}

/** The highest key of a tree. */
export function lastKey<V>(root: Node<V>): number {
  let node = root;
  while (!(node instanceof Leaf)) node = at(node.children, node.children.length - 1);
  return node.base + 31 - Math.clz32(node.bits);
}
