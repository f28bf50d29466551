import { EMPTY_BUCKET, locate } from "./index-bucket.ts";
import { diffIndexes } from "./index-diff.ts";
import { IndexDraft } from "./index-draft.ts";
import { bucketOf, type IndexNode } from "./index-node.ts";
import { IndexWalk } from "./index-walk.ts";
import type { OnDifference } from "./map-diff.ts";
import { placeOf } from "./text-hash.ts";

export { IndexDraft } from "./index-draft.ts";

/**
 * Values by string, immutable: every change gives a new index that shares all it can with the old one. The order of
 * iteration follows from the keys alone and is the same in every process, but otherwise means nothing.
 *
 * Names come from users, so somebody may choose names whose hashes collide. Colliding keys are kept sorted by the key
 * itself: finding one of them stays a binary search, and adding one copies a flat array of them, no more.
 *
 * ```ts
 * const byName = PersistentIndex.empty<number>().set("golden", 17);
 * const more = byName.edit((draft) => draft.set("web-01", 18).delete("golden"));
 * byName.get("golden"); // 17
 * PersistentIndex.diff(byName, more, (name, before, after) => console.log(name, before, after));
 * ```
 */
export class PersistentIndex<V> {
  /** How many entries there are. */
  readonly size: number;
  /** @internal */
  readonly root: IndexNode<V>;

  private constructor(root: IndexNode<V>, size: number) {
    this.root = root;
    this.size = size;
  }

  /** An index without entries. */
  static empty<V>(): PersistentIndex<V> {
    return new PersistentIndex<V>(EMPTY_BUCKET, 0);
  }

  /**
   * Calls `on` for every key whose value is not the same (`Object.is`) in both; undefined stands for an absent entry.
   * Costs what differs, not what there is: parts the two share are skipped.
   */
  static diff<V>(before: PersistentIndex<V>, after: PersistentIndex<V>, on: OnDifference<string, V>): void {
    diffIndexes(before.root, after.root, on);
  }

  /** The value of a key, or undefined. */
  get(key: string): V | undefined {
    const hash = placeOf(key);
    const bucket = bucketOf(this.root, hash);
    const row = locate(bucket, hash, key);
    return row < 0 ? undefined : bucket.valueAt(row);
  }

  /** Whether the key is there, also with the value undefined. */
  has(key: string): boolean {
    const hash = placeOf(key);
    return locate(bucketOf(this.root, hash), hash, key) >= 0;
  }

  /** An index with the key set; this very index when it has that value already. */
  set(key: string, value: V): PersistentIndex<V> {
    return this.asDraft().set(key, value).freeze();
  }

  /** An index without the key; this very index when the key is not there. */
  delete(key: string): PersistentIndex<V> {
    const draft = this.asDraft();
    draft.delete(key);
    return draft.freeze();
  }

  /** Many changes at the price of few copies: what `change` leaves behind. When `change` throws, nothing happened. */
  edit(change: (draft: IndexDraft<V>) => void): PersistentIndex<V> {
    const draft = this.asDraft();
    change(draft);
    return draft.freeze();
  }

  /** A draft that starts as this index. */
  asDraft(): IndexDraft<V> {
    return new IndexDraft(this);
  }

  /** All keys. */
  keys(): IterableIterator<string> {
    return new IndexWalk(this.root, (key: string) => key);
  }

  /** All values, in the order of `keys()`. */
  values(): IterableIterator<V> {
    return new IndexWalk(this.root, (_key: string, value: V) => value);
  }

  /** All entries, in the order of `keys()`. */
  entries(): IterableIterator<[key: string, value: V]> {
    return new IndexWalk(this.root, (key: string, value: V): [string, V] => [key, value]);
  }

  [Symbol.iterator](): IterableIterator<[key: string, value: V]> {
    return this.entries();
  }

  /** @internal What a draft of this index became. */
  with(root: IndexNode<V>, size: number): PersistentIndex<V> {
    return root === this.root ? this : new PersistentIndex(root, size);
  }
}
