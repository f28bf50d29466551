/**
 * A string as a number of 30 bits, the same in every process. The last steps let every character reach every bit, since
 * an index looks at five bits at a time. Whoever wants strings that collide can make them; see PersistentIndex for why
 * that only costs time, and little of it.
 */
export function textHash(text: string): number {
  let hash = 0x2545f491 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}

/** The number of bits in a hash. */
export const HASH_BITS = 30;
