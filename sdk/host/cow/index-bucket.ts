import { type Edit, NOBODY } from "./edit.ts";

/**
 * A run of a PersistentIndex's entries, ascending by hash and, where hashes are equal, by key. One flat array holds hash,
 * key and value of each in turn: an array per column, or an object per entry, would cost more than the entries do.
 */
export class Bucket<V> {
  readonly owner: number;
  cells: (number | string | V)[];

  constructor(owner: number, cells: (number | string | V)[]) {
    this.owner = owner;
    this.cells = cells;
  }

  /** How many entries there are. */
  get length(): number {
    return this.cells.length / CELLS;
  }

  hashAt(row: number): number {
    return this.cells[row * CELLS] as number;
  }

  keyAt(row: number): string {
    return this.cells[row * CELLS + 1] as string;
  }

  valueAt(row: number): V {
    return this.cells[row * CELLS + 2] as V;
  }
}

const CELLS = 3;
const LIMIT = 16;

/** A bucket without entries, shared by all. */
export const EMPTY_BUCKET: Bucket<never> = new Bucket<never>(NOBODY, []);

/** Whether entries may share a bucket: when they are few, or when no bit of the hash could tell them apart. */
export function fits<V>(bucket: Bucket<V>): boolean {
  return bucket.length <= LIMIT || bucket.hashAt(0) === bucket.hashAt(bucket.length - 1);
}

/** The row of a key, or, when it is not there, the complement (`~`) of the row it would get. */
export function locate<V>(bucket: Bucket<V>, hash: number, key: string): number {
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = bucket.hashAt(middle);
    if (found === hash) {
      const other = bucket.keyAt(middle);
      if (other === key) return middle;
      if (other < key) low = middle + 1;
      else high = middle;
    } else if (found < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return ~low;
}

/** The bucket with a key set; the very same when nothing changed or the change was made in place. */
export function putEntry<V>(edit: Edit, bucket: Bucket<V>, hash: number, key: string, value: V): Bucket<V> {
  const row = locate(bucket, hash, key);
  if (row < 0) {
    edit.size++;
    return withCells(edit, bucket, bucket.cells.toSpliced(~row * CELLS, 0, hash, key, value));
  }
  if (Object.is(bucket.valueAt(row), value)) return bucket;
  const own = withCells(edit, bucket, bucket.owner === edit.id ? bucket.cells : bucket.cells.slice());
  own.cells[row * CELLS + 2] = value;
  return own;
}

/** The bucket without a key; the very same when the key was not there. */
export function removeEntry<V>(edit: Edit, bucket: Bucket<V>, hash: number, key: string): Bucket<V> {
  const row = locate(bucket, hash, key);
  if (row < 0) return bucket;
  edit.size--;
  return withCells(edit, bucket, bucket.cells.toSpliced(row * CELLS, CELLS));
}

function withCells<V>(edit: Edit, bucket: Bucket<V>, cells: (number | string | V)[]): Bucket<V> {
  if (bucket.owner !== edit.id) return new Bucket(edit.id, cells);
  bucket.cells = cells;
  return bucket;
}

/** The entries that lie, at a level of the trie, in the slots from `start` to `end` (excluded). */
export function part<V>(owner: number, bucket: Bucket<V>, shift: number, start: number, end: number): Bucket<V> {
  const from = boundary(bucket, shift, start);
  const to = boundary(bucket, shift, end);
  return to - from === bucket.length ? bucket : new Bucket(owner, bucket.cells.slice(from * CELLS, to * CELLS));
}

/** The first row that lies in a slot or behind it. */
function boundary<V>(bucket: Bucket<V>, shift: number, slot: number): number {
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (((bucket.hashAt(middle) >>> shift) & 31) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two neighbouring buckets as one, if they may be one. */
export function merged<V>(edit: Edit, low: Bucket<V>, high: Bucket<V>): Bucket<V> | undefined {
  if (low.length === 0) return high;
  if (high.length === 0) return low;
  return low.length + high.length > LIMIT ? undefined : new Bucket(edit.id, low.cells.concat(high.cells));
}
