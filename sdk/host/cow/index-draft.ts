import { Edit, opened } from "./edit.ts";
import { locate } from "./index-bucket.ts";
import { bucketOf, type IndexNode, put, remove } from "./index-node.ts";
import type { PersistentIndex } from "./persistent-index.ts";
import { placeOf } from "./text-hash.ts";

/**
 * A PersistentIndex that can be changed: nodes it made itself it edits in place, nodes it shares it copies first. Made by
 * `index.asDraft()`; the index it came from never changes. After `freeze()` every use throws.
 */
export class IndexDraft<V> {
  readonly #origin: PersistentIndex<V>;
  #root: IndexNode<V>;
  #edit: Edit | undefined;

  /** @internal Use `index.asDraft()`. */
  constructor(origin: PersistentIndex<V>) {
    this.#origin = origin;
    this.#root = origin.root;
    this.#edit = new Edit(origin.size);
  }

  /** How many entries the draft has now. */
  get size(): number {
    return opened(this.#edit).size;
  }

  /** The value of a key, or undefined. */
  get(key: string): V | undefined {
    opened(this.#edit);
    const hash = placeOf(key);
    const bucket = bucketOf(this.#root, hash);
    const row = locate(bucket, hash, key);
    return row < 0 ? undefined : bucket.valueAt(row);
  }

  /** Whether the key is there, also with the value undefined. */
  has(key: string): boolean {
    opened(this.#edit);
    const hash = placeOf(key);
    return locate(bucketOf(this.#root, hash), hash, key) >= 0;
  }

  /** Sets a key. */
  set(key: string, value: V): this {
    this.#root = put(opened(this.#edit), this.#root, placeOf(key), key, value);
    return this;
  }

  /** Deletes a key; false when it was not there. */
  delete(key: string): boolean {
    const edit = opened(this.#edit);
    const before = edit.size;
    this.#root = remove(edit, this.#root, placeOf(key), key);
    return edit.size !== before;
  }

  /** The draft as it is now, as an index that never changes, in O(1). The draft stays usable. */
  snapshot(): PersistentIndex<V> {
    const index = this.freeze();
    this.#edit = new Edit(index.size);
    return index;
  }

  /** The index with the draft's changes, in O(1): the very one the draft came from when nothing changed. Ends the draft. */
  freeze(): PersistentIndex<V> {
    const { size } = opened(this.#edit);
    this.#edit = undefined;
    return this.#origin.with(this.#root, size);
  }
}
