import { diffNodes, type OnDifference } from "./map-diff.ts";
import { MapDraft } from "./map-draft.ts";
import { Leaf, leafOf, type Node } from "./map-node.ts";
import { firstKey, lastKey, MapWalk } from "./map-walk.ts";
import { at, rank } from "./slots.ts";

export type { OnDifference } from "./map-diff.ts";
export { MapDraft } from "./map-draft.ts";

/** What a map adds up over its entries. `of` must give the same number for the same entry every time. */
export interface Measure<V> {
  /** The total of a map without entries. */
  readonly zero: number;
  /** What one entry adds. */
  of(value: V, key: number): number;
}

/**
 * Values by number, immutable: every change gives a new map that shares all it can with the old one, so keeping an old
 * map, or a thousand of them, costs what differs. Keys are non-negative safe integers; runs of neighbouring keys are the
 * compact and quick case. Iteration is in ascending key order.
 *
 * ```ts
 * const sizes = PersistentMap.empty<number>({ zero: 0, of: (bytes) => bytes });
 * const two = sizes.set(7, 4096).set(9, 512);
 * two.total; // 4608
 * const three = two.edit((draft) => draft.set(7, 1).delete(9));
 * PersistentMap.diff(two, three, (key, before, after) => console.log(key, before, after)); // 7 4096 1, 9 512 undefined
 * ```
 */
export class PersistentMap<V> {
  /** How many entries there are. */
  readonly size: number;
  readonly #measure: Measure<V> | undefined;
  /** @internal */
  readonly root: Node<V> | undefined;

  private constructor(root: Node<V> | undefined, size: number, measure: Measure<V> | undefined) {
    this.root = root;
    this.size = size;
    this.#measure = measure;
  }

  /** A map without entries. With a measure, it and every map made from it can tell their `total`. */
  static empty<V>(measure?: Measure<V>): PersistentMap<V> {
    return new PersistentMap<V>(undefined, 0, measure);
  }

  /**
   * Calls `on` for every key whose value is not the same (`Object.is`) in both maps, in ascending order; undefined stands
   * for an absent entry. Costs what differs, not what there is: parts the two maps share are skipped.
   */
  static diff<V>(before: PersistentMap<V>, after: PersistentMap<V>, on: OnDifference<number, V>): void {
    diffNodes(before.root, after.root, on);
  }

  /** The measure's sum over all entries, or the number of entries without a measure. Costs what changed since last asked. */
  get total(): number {
    if (this.#measure === undefined) return this.size;
    return this.#measure.zero + (this.root === undefined ? 0 : sum(this.root, this.#measure));
  }

  /** The value of a key, or undefined. */
  get(key: number): V | undefined {
    const leaf = leafOf(this.root, key);
    if (leaf === undefined) return undefined;
    const bit = 1 << (key & 31);
    return (leaf.bits & bit) === 0 ? undefined : at(leaf.values, rank(leaf.bits, bit));
  }

  /** Whether the key is there, also with the value undefined. */
  has(key: number): boolean {
    const leaf = leafOf(this.root, key);
    return leaf !== undefined && (leaf.bits & (1 << (key & 31))) !== 0;
  }

  /** A map with the key set; this very map when it has that value already. RangeError for a key that cannot be one. */
  set(key: number, value: V): PersistentMap<V> {
    return this.asDraft().set(key, value).freeze();
  }

  /** A map without the key; this very map when the key is not there. */
  delete(key: number): PersistentMap<V> {
    if (!this.has(key)) return this;
    const draft = this.asDraft();
    draft.delete(key);
    return draft.freeze();
  }

  /** Many changes at the price of few copies: the map that `change` leaves behind. When `change` throws, nothing happened. */
  edit(change: (draft: MapDraft<V>) => void): PersistentMap<V> {
    const draft = this.asDraft();
    change(draft);
    return draft.freeze();
  }

  /** A draft that starts as this map. */
  asDraft(): MapDraft<V> {
    return new MapDraft(this);
  }

  /** The lowest key, or undefined when there is none. */
  firstKey(): number | undefined {
    return this.root && firstKey(this.root);
  }

  /** The highest key, or undefined when there is none. */
  lastKey(): number | undefined {
    return this.root && lastKey(this.root);
  }

  /** Keys, ascending. */
  keys(): IterableIterator<number> {
    return new MapWalk(this.root, 0, (key: number) => key);
  }

  /** Values in ascending order of their keys. */
  values(): IterableIterator<V> {
    return new MapWalk(this.root, 0, (_key: number, value: V) => value);
  }

  /** Entries in ascending order of their keys. */
  entries(): IterableIterator<[key: number, value: V]> {
    return this.from(0);
  }

  /** The entries whose key is `key` or higher, ascending. Getting to the first costs O(log n). */
  from(key: number): IterableIterator<[key: number, value: V]> {
    return new MapWalk(this.root, key, (k: number, value: V): [number, V] => [k, value]);
  }

  [Symbol.iterator](): IterableIterator<[key: number, value: V]> {
    return this.from(0);
  }

  /** @internal What a draft of this map became. */
  with(root: Node<V> | undefined, size: number): PersistentMap<V> {
    return root === this.root ? this : new PersistentMap<V>(root, size, this.#measure);
  }
}

/** A node's sum: remembered in the node, which no longer changes once a frozen map holds it. */
function sum<V>(node: Node<V>, measure: Measure<V>): number {
  if (node.sum !== undefined) return node.sum;
  let total = 0;
  if (node instanceof Leaf) {
    let index = 0;
    for (let bits = node.bits; bits !== 0; bits &= bits - 1) {
      total += measure.of(at(node.values, index++), node.base + 31 - Math.clz32(bits & -bits));
    }
  } else {
    for (const child of node.children) total += sum(child, measure);
  }
  node.sum = total;
  return total;
}
