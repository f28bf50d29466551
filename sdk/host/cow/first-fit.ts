import { int, lowestBit } from "./geometry.ts";

/** A set of small integers that answers its least member: which chunks have room, so that the lowest is filled first. */
export class FirstFit {
  #words = new Int32Array(8);
  /** No member lies in a word below this one. */
  #floor = 0;

  add(member: number): void {
    const word = member >>> 5;
    if (word >= this.#words.length) {
      const grown = new Int32Array(Math.max(this.#words.length * 2, word + 1));
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[word] = int(this.#words, word) | (1 << member);
    if (word < this.#floor) this.#floor = word;
  }

  /** Answers whether it was a member. */
  delete(member: number): boolean {
    const before = int(this.#words, member >>> 5);
    const after = before & ~(1 << member);
    if (after === before) return false;
    this.#words[member >>> 5] = after;
    return true;
  }

  /** The least member, or -1. */
  first(): number {
    const words = this.#words;
    let word = this.#floor;
    while (word < words.length && words[word] === 0) word++;
    this.#floor = word;
    return word < words.length ? (word << 5) | lowestBit(int(words, word)) : -1;
  }
}
