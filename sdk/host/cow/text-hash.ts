/** The number of bits in a hash: what a small integer, an array slot of its own, has room for on every engine. */
export const HASH_BITS = 30;

const MASK = 2 ** HASH_BITS - 1;

const CODE_BITS = 5;
const CODE_MASK = 2 ** CODE_BITS - 1;

/**
 * A string as a number of 30 bits, the same in every process. Names that count up, addresses and UUIDs spread as chance
 * would have it. Whoever wants strings that collide can make them: a user of the hash must stay right, and quick enough.
 */
export const textHash = (text: string): number => hashWithout(text, -1);

/**
 * A string's place in an index, which is a hash as well, but strings that differ only in the two last characters of their last number
 * are neighbours. Names count up: who makes a thousand of them in turn changes one corner of an index after the other, not a thousand
 * places at once, and what a change has replaced is garbage while it is young. The places of all others are up to chance.
 */
export function placeOf(text: string): number {
  const last = lastDigit(text);
  const high = hashWithout(text, last) >>> (2 * CODE_BITS);
  return (((high << CODE_BITS) | codeAt(text, last - 1)) << CODE_BITS) | codeAt(text, last);
}

/** The hash of a string without the character at an index and the one before. */
function hashWithout(text: string, skipped: number): number {
  let hash = 0x2545f491;
  for (let i = 0; i < text.length; i++) {
    if (i === skipped || i === skipped - 1) continue;
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
    // A product's low bits know nothing of the high ones: the turn brings them together.
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & MASK;
}

/** Where the last digit is, or the last character where there is none. */
function lastDigit(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) return i;
  }
  return text.length - 1;
}

/** Digits, and letters of one case, are told apart by it. */
const codeAt = (text: string, i: number): number => (i < 0 ? 0 : text.charCodeAt(i) & CODE_MASK);
