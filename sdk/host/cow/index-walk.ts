import { Bucket, EMPTY_BUCKET } from "./index-bucket.ts";
import type { IndexNode } from "./index-node.ts";
import { at } from "./slots.ts";

/** An iterator over an index in the order of its hashes; `pick` says what it yields. */
export class IndexWalk<V, T> implements IterableIterator<T> {
  readonly #pick: (key: string, value: V) => T;
  /** Nodes still to visit, the next one last. */
  readonly #pending: IndexNode<V>[];
  #bucket: Bucket<V> = EMPTY_BUCKET;
  #row = 0;

  constructor(root: IndexNode<V>, pick: (key: string, value: V) => T) {
    this.#pick = pick;
    this.#pending = [root];
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    while (this.#row === this.#bucket.length) {
      const node = this.#pending.pop();
      if (node === undefined) return { done: true, value: undefined };
      if (node instanceof Bucket) {
        this.#bucket = node;
        this.#row = 0;
      } else {
        for (let i = node.children.length - 1; i >= 0; i--) this.#pending.push(at(node.children, i));
      }
    }
    const row = this.#row++;
    return { done: false, value: this.#pick(this.#bucket.keyAt(row), this.#bucket.valueAt(row)) };
  }
}
