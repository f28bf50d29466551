/**
 * Compact slots: a node with room for 32 children keeps only those that exist, in order, and a bitmap that says which.
 * Every copy has exactly the length it needs: `push` and `splice` would leave spare capacity in each of the many thousand
 * arrays an inventory holds.
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

/** A copy with one more element, which takes the place `index`. */
export function inserted<T>(slots: readonly T[], index: number, value: T): T[] {
  const copy = new Array<T>(slots.length + 1);
  for (let i = 0; i < index; i++) copy[i] = at(slots, i);
  copy[index] = value;
  for (let i = index; i < slots.length; i++) copy[i + 1] = at(slots, i);
  return copy;
}

/** A copy without the element at `index`. */
export function removed<T>(slots: readonly T[], index: number): T[] {
  const copy = new Array<T>(slots.length - 1);
  for (let i = 0; i < index; i++) copy[i] = at(slots, i);
  for (let i = index + 1; i < slots.length; i++) copy[i - 1] = at(slots, i);
  return copy;
}

/** A copy in which `index` holds another value. */
export function replaced<T>(slots: readonly T[], index: number, value: T): T[] {
  const copy = slots.slice();
  copy[index] = value;
  return copy;
}
