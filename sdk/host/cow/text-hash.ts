/** The number of bits in a hash: what a small integer, an array slot of its own, has room for on every engine. */
export const HASH_BITS = 30;

const MASK = 2 ** HASH_BITS - 1;

/**
 * A string as a number of 30 bits, the same in every process. Names that count up, addresses and UUIDs spread as chance
 * would have it. Whoever wants strings that collide can make them: a user of the hash must stay right, and quick enough.
 */
export function textHash(text: string): number {
  let hash = 0x2545f491;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
    // A product's low bits know nothing of the high ones: the turn brings them together.
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & MASK;
}
