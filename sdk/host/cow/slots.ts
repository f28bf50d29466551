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

/** The element at an index that the node's bitmap promises to exist; V itself may include undefined. */
export function at<T>(slots: readonly T[], index: number): T {
  return slots[index] as T;
}
