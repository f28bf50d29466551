import { VmdkError } from "./vmdk-error.ts";

const chunk = 2 ** 15;

/**
 * Which sectors of a file are in use, so that no two things may be in one place: a small file whose tables all refer to one grain
 * would else be a large disk. It takes memory for what is in use, not for what the file could hold.
 */
export class Occupancy {
  readonly #file: string;
  readonly #chunks = new Map<number, Uint8Array>();

  constructor(file: string) {
    this.#file = file;
  }

  /** Takes sectors for something. Throws when one is taken already. */
  take(first: number, count: number, what: string): void {
    for (let sector = first; sector < first + count; sector++) {
      const number = Math.floor(sector / chunk);
      let bits = this.#chunks.get(number);
      if (!bits) {
        bits = new Uint8Array(chunk / 8);
        this.#chunks.set(number, bits);
      }
      const at = (sector % chunk) >> 3;
      const mask = 1 << (sector & 7);
      const byte = bits[at] ?? 0;
      if (byte & mask)
        throw new VmdkError("Corrupt", this.#file, `${what} lies on something else, in sector ${sector}.`);
      bits[at] = byte | mask;
    }
  }
}
