/**
 * Compact slots: a node with room for 32 children keeps only those that exist, in order, and a bitmap that says which.
 * Slots are copied by `toSpliced`, which makes arrays of exactly the length they need and is as quick as a loop: `push` and
 * `splice` would leave spare capacity in each of the many thousand arrays an inventory holds.
 */

/** How many of the bits below `bit` (a power of two) are set: the place of that bit's slot among the slots that exist. */
export function rank(bits: number, bit: number): number {
  return count(bits & (bit - 1));
}

/** How many bits of a 32-bit word are set. */
export function count(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The number of the lowest bit that is set in a word that is not zero. */
export function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** Sets are maps to `true`, and there are many: their leaves share one array for every number of slots, which nobody changes. */
const sets: readonly unknown[][] = Array.from({ length: 33 }, (_, n) => new Array<unknown>(n).fill(true));

const isSet = (slots: readonly unknown[]): boolean => slots === sets[slots.length];
/** Slots that are `true` all of them; V is a type that `true` belongs to, as one of its values is. */
const setOf = <T>(size: number): T[] => sets[size] as T[];

/** One slot. */
export const single = <T>(value: T): T[] => (value === true ? setOf(1) : [value]);

/** Slots with one more. */
export const inserted = <T>(slots: T[], index: number, value: T): T[] =>
  value === true && isSet(slots) ? setOf(slots.length + 1) : slots.toSpliced(index, 0, value);

/** Slots without one. */
export const removed = <T>(slots: T[], index: number): T[] =>
  isSet(slots) ? setOf(slots.length - 1) : slots.toSpliced(index, 1);

/** Slots with another value in one: a copy, as long as they are. */
export function replaced<T>(slots: T[], index: number, value: T): T[] {
  const copy = slots.slice();
  copy[index] = value;
  return copy;
}

/** The element at an index that the node's bitmap promises to exist; V itself may include undefined. */
export function at<T>(slots: readonly T[], index: number): T {
  return slots[index] as T;
}
