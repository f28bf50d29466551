import { endianness } from "node:os";
import { PAGE_SIZE } from "./geometry.ts";

const words = new Uint32Array(PAGE_SIZE / 4);
const bytes = Buffer.from(words.buffer);
const swap = endianness() === "BE";

let lastSeed = Number.NaN;
let lastPage = Number.NaN;

/**
 * The 4096 bytes of page `page` of the stream of `seed`. The page's number and the seed are its first four words, so that no two
 * pages are equal and none is all zero; the others are a hash of seed, page and position. The same on every platform.
 *
 * The buffer is shared: it holds until the next call.
 */
export function proceduralPage(seed: number, page: number): Buffer {
  if (seed === lastSeed && page === lastPage) return bytes;
  lastSeed = seed;
  lastPage = page;
  const pageHigh = Math.floor(page / 2 ** 32);
  const seedHigh = Math.floor(seed / 2 ** 32);
  let state = mix(mix(mix(mix(0x9e3779b9 ^ seed) ^ seedHigh) ^ page) ^ pageHigh);
  for (let i = 4; i < words.length; i++) {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x7feb352d);
    word ^= word >>> 15;
    words[i] = word;
  }
  words[0] = page;
  words[1] = pageHigh;
  words[2] = seed;
  words[3] = seedHigh;
  words[4] = 1;
  if (swap) bytes.swap32();
  return bytes;
}

function mix(value: number): number {
  let word = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  word = Math.imul(word ^ (word >>> 15), 0x846ca68b);
  return word ^ (word >>> 16);
}
