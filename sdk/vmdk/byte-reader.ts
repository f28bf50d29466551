import { VmdkError } from "./vmdk-error.ts";

/** Takes exact numbers of bytes from a stream of chunks of any size. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  readonly #name: string;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #taken = 0;

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, name: string) {
    this.#chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
    this.#name = name;
  }

  /** Bytes taken so far. */
  get position(): number {
    return this.#taken;
  }

  /** So many bytes, or as many as there are to the end if that `may` come before. */
  async take(length: number, may: "end" | "not end" = "not end"): Promise<Uint8Array> {
    const whole = this.#chunk.subarray(this.#at, this.#at + length);
    if (whole.length === length) {
      this.#at += length;
      this.#taken += length;
      return whole;
    }
    const parts: Uint8Array[] = [];
    let got = 0;
    while (got < length && (await this.#more())) {
      const part = this.#chunk.subarray(this.#at, this.#at + length - got);
      parts.push(part);
      got += part.length;
      this.#at += part.length;
      this.#taken += part.length;
    }
    if (got === length || (may === "end" && got === 0))
      return parts.length === 1 ? (parts[0] ?? whole) : Buffer.concat(parts);
    throw new VmdkError("Truncated", this.#name, `It ends after ${this.#taken} bytes, in the middle of something.`);
  }

  /** Stops whoever sends. */
  async end(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }
}
