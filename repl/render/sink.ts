import type { Maybe } from "../language/index.ts";

/** Where rendered text goes. The promise settles when there is room for more. */
export interface Sink {
  write(text: string): Maybe<void>;
  /** Sends on what is held back. */
  flush(): Maybe<void>;
}

const chunk = 16_384;
const patience = 50;

/**
 * Collects small pieces into larger writes, which is what makes a thousand rows quick, and passes on the stream's
 * back-pressure, which is what keeps an endless pipeline from filling the memory. Text is held back for 50 ms at most
 * and never past the end of the current turn of the event loop.
 */
export class StreamSink implements Sink {
  readonly #stream: NodeJS.WritableStream;
  #held = "";
  #since = 0;
  #scheduled = false;
  #closed = false;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    stream.once("close", () => {
      this.#closed = true;
    });
  }

  write(text: string): Maybe<void> {
    if (this.#held === "") this.#since = performance.now();
    this.#held += text;
    if (this.#held.length >= chunk || performance.now() - this.#since >= patience) return this.flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.flush();
    });
  }

  flush(): Maybe<void> {
    const text = this.#held;
    this.#held = "";
    if (text === "" || this.#closed || this.#stream.write(text)) return;
    return this.#drained();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#stream.removeListener("drain", settle);
        this.#stream.removeListener("close", settle);
        this.#stream.removeListener("error", settle);
        resolve();
      };
      this.#stream.on("drain", settle);
      this.#stream.on("close", settle);
      this.#stream.on("error", settle);
    });
  }
}

/** A sink that keeps all text: for Out-String, Out-File and tests. */
export class TextSink implements Sink {
  readonly #pieces: string[] = [];

  write(text: string): void {
    this.#pieces.push(text);
  }

  flush(): void {}

  /** Everything written so far; `take` empties it. */
  take(): string {
    return this.#pieces.splice(0).join("");
  }
}
