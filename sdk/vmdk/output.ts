import { BATCH } from "./format.ts";

/** A file that is written in any order; what was not written is zero. */
export interface Output {
  write(position: number, bytes: Uint8Array): Promise<void>;
  /** Makes the file at least that long. */
  reach(length: number): Promise<void>;
}

/** Gathers what is written one after the other, so that the system is called once for a MiB. */
export class Appender {
  readonly #output: Output;
  readonly #buffer = Buffer.allocUnsafe(BATCH);
  #position: number;
  #used = 0;

  constructor(output: Output, position: number) {
    this.#output = output;
    this.#position = position;
  }

  /** Where the next byte goes. */
  get position(): number {
    return this.#position + this.#used;
  }

  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + BATCH - this.#used);
      this.#buffer.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === BATCH) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#used === 0) return;
    await this.#output.write(this.#position, this.#buffer.subarray(0, this.#used));
    this.#position += this.#used;
    this.#used = 0;
  }
}
