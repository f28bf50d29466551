import { Edit, opened } from "./edit.ts";
import { leafOf, leafWith, type Node, put, remove } from "./map-node.ts";
import type { PersistentMap } from "./persistent-map.ts";
import { at, rank } from "./slots.ts";

/**
 * A PersistentMap that can be changed: nodes it made itself it edits in place, nodes it shares it copies first. Made by
 * `map.asDraft()`; the map it came from never changes. After `freeze()` every use throws.
 */
export class MapDraft<V> {
  readonly #origin: PersistentMap<V>;
  #root: Node<V> | undefined;
  #edit: Edit | undefined;

  /** @internal Use `map.asDraft()`. */
  constructor(origin: PersistentMap<V>) {
    this.#origin = origin;
    this.#root = origin.root;
    this.#edit = new Edit(origin.size);
  }

  /** How many entries the draft has now. */
  get size(): number {
    return opened(this.#edit).size;
  }

  /** The value of a key, or undefined. */
  get(key: number): V | undefined {
    opened(this.#edit);
    const leaf = leafOf(this.#root, key);
    if (leaf === undefined) return undefined;
    const bit = 1 << (key & 31);
    return (leaf.bits & bit) === 0 ? undefined : at(leaf.values, rank(leaf.bits, bit));
  }

  /** Whether the key is there, also with the value undefined. */
  has(key: number): boolean {
    opened(this.#edit);
    const leaf = leafOf(this.#root, key);
    return leaf !== undefined && (leaf.bits & (1 << (key & 31))) !== 0;
  }

  /** Sets a key. Throws RangeError when the key is not a non-negative safe integer. */
  set(key: number, value: V): this {
    const edit = opened(this.#edit);
    if (!Number.isSafeInteger(key) || key < 0) {
      throw new RangeError(`a PersistentMap key is a non-negative safe integer, not ${key}`);
    }
    if (this.#root === undefined) {
      edit.size++;
      this.#root = leafWith(edit, key, value);
    } else {
      this.#root = put(edit, this.#root, key, value);
    }
    return this;
  }

  /** Deletes a key; false when it was not there. */
  delete(key: number): boolean {
    const edit = opened(this.#edit);
    const before = edit.size;
    if (this.#root !== undefined) this.#root = remove(edit, this.#root, key);
    return edit.size !== before;
  }

  /** The draft as it is now, as a map that never changes, in O(1). The draft stays usable and copies again what it edits. */
  snapshot(): PersistentMap<V> {
    const map = this.freeze();
    this.#edit = new Edit(map.size);
    return map;
  }

  /** The map with the draft's changes, in O(1): the very map the draft came from when nothing changed. Ends the draft. */
  freeze(): PersistentMap<V> {
    const { size } = opened(this.#edit);
    this.#edit = undefined;
    return this.#origin.with(this.#root, size);
  }
}
