import type { Edit } from "./edit.ts";
import { at, inserted, removed, replaced } from "./slots.ts";

/**
 * A run of a PersistentIndex's entries, ascending by hash and, where hashes are equal, by key. The three columns may be
 * shared between versions: only `values` is ever changed in place.
 */
export class Bucket<V> {
  readonly owner: Edit | undefined;
  hashes: readonly number[];
  keys: readonly string[];
  values: V[];

  constructor(owner: Edit | undefined, hashes: readonly number[], keys: readonly string[], values: V[]) {
    this.owner = owner;
    this.hashes = hashes;
    this.keys = keys;
    this.values = values;
  }
}

/** A bucket without entries, shared by all. */
export const EMPTY_BUCKET: Bucket<never> = new Bucket(undefined, [], [], []);

const LIMIT = 32;

/** Whether entries may share a bucket: when they are few, or when no bit of the hash could tell them apart. */
export function fits<V>(bucket: Bucket<V>): boolean {
  const { hashes } = bucket;
  return hashes.length <= LIMIT || hashes[0] === hashes[hashes.length - 1];
}

/** The index of a key, or, when it is not there, the complement (`~`) of the index it would get. */
export function locate<V>(bucket: Bucket<V>, hash: number, key: string): number {
  const { hashes, keys } = bucket;
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = at(hashes, middle);
    if (found === hash && keys[middle] === key) return middle;
    if (found < hash || (found === hash && at(keys, middle) < key)) low = middle + 1;
    else high = middle;
  }
  return ~low;
}

/** The bucket with a key set; the very same when nothing changed or the change was made in place. */
export function putEntry<V>(edit: Edit, bucket: Bucket<V>, hash: number, key: string, value: V): Bucket<V> {
  const index = locate(bucket, hash, key);
  if (index < 0) {
    edit.size++;
    const { hashes, keys, values } = bucket;
    return withColumns(
      edit,
      bucket,
      inserted(hashes, ~index, hash),
      inserted(keys, ~index, key),
      inserted(values, ~index, value),
    );
  }
  if (Object.is(bucket.values[index], value)) return bucket;
  if (bucket.owner !== edit) return new Bucket(edit, bucket.hashes, bucket.keys, replaced(bucket.values, index, value));
  bucket.values[index] = value;
  return bucket;
}

/** The bucket without a key; the very same when the key was not there. */
export function removeEntry<V>(edit: Edit, bucket: Bucket<V>, hash: number, key: string): Bucket<V> {
  const index = locate(bucket, hash, key);
  if (index < 0) return bucket;
  edit.size--;
  const { hashes, keys, values } = bucket;
  if (hashes.length === 1) return EMPTY_BUCKET;
  return withColumns(edit, bucket, removed(hashes, index), removed(keys, index), removed(values, index));
}

function withColumns<V>(edit: Edit, bucket: Bucket<V>, hashes: number[], keys: string[], values: V[]): Bucket<V> {
  if (bucket.owner !== edit) return new Bucket(edit, hashes, keys, values);
  bucket.hashes = hashes;
  bucket.keys = keys;
  bucket.values = values;
  return bucket;
}

/** The entries whose hash, shifted right, lies between two slots (the second excluded) of its last five bits. */
export function part<V>(
  owner: Edit | undefined,
  bucket: Bucket<V>,
  shift: number,
  first: number,
  end: number,
): Bucket<V> {
  const { hashes, keys, values } = bucket;
  const from = boundary(hashes, shift, first);
  const to = boundary(hashes, shift, end);
  if (from === to) return EMPTY_BUCKET;
  if (to - from === hashes.length) return bucket;
  return new Bucket(owner, hashes.slice(from, to), keys.slice(from, to), values.slice(from, to));
}

function boundary(hashes: readonly number[], shift: number, slot: number): number {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (((at(hashes, middle) >>> shift) & 31) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two neighbouring buckets as one, if they may be one. */
export function merged<V>(edit: Edit, low: Bucket<V>, high: Bucket<V>): Bucket<V> | undefined {
  if (low.keys.length === 0) return high;
  if (high.keys.length === 0) return low;
  if (low.keys.length + high.keys.length > LIMIT) return undefined;
  return new Bucket(
    edit,
    [...low.hashes, ...high.hashes],
    [...low.keys, ...high.keys],
    [...low.values, ...high.values],
  );
}
