import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { StreamSink } from "../../../repl/render/sink.ts";

/** A pipe whose reader takes its time. */
class Slow extends Writable {
  readonly chunks: string[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(highWaterMark: number) {
    super({ highWaterMark, decodeStrings: false });
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.chunks.push(String(chunk));
    this.#waiting.push(done);
  }

  read(): void {
    this.#waiting.shift()?.();
  }
}

describe("the output stream", () => {
  test("gets rows in few large pieces, by the next turn at the latest, and in order", async () => {
    const stream = new Slow(1_000_000);
    const sink = new StreamSink(stream);
    for (let row = 0; row < 100; row++) sink.write(`${row}\n`);
    expect(stream.chunks).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.chunks).toHaveLength(1);
    expect(stream.chunks.join("").split("\n")).toHaveLength(101);
  });
  test("makes the writer wait for a reader who is slow", async () => {
    const stream = new Slow(10);
    const sink = new StreamSink(stream);
    const pending = sink.write("x".repeat(20_000));
    expect(pending).toBeInstanceOf(Promise);
    let ready = false;
    const waiting = Promise.resolve(pending).then(() => {
      ready = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(ready).toBe(false);
    stream.read();
    await waiting;
    expect(ready).toBe(true);
  });
  test("does not wait for a reader who has gone", async () => {
    const stream = new Slow(10);
    stream.on("error", () => {});
    const sink = new StreamSink(stream);
    const pending = sink.write("x".repeat(20_000));
    stream.destroy();
    await pending;
    expect(sink.write("y".repeat(20_000))).toBeUndefined();
  });
});
