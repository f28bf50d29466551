import { Column, reals } from "./column.ts";
import type { FramePool } from "./frame-pool.ts";
import { real } from "./geometry.ts";
import { GROUP, GROUP_BITS, IdPool } from "./id-pool.ts";

const BITS = 7;
const MASK = (1 << BITS) - 1;

/** A stream of procedural pages: page n holds bytes that follow from the seed and n. */
export interface Stream {
  readonly seed: number;
  /** What its pages are charged to. */
  readonly account: number;
  /** Pages of the address space it was made for; it has none from here on. */
  readonly end: number;
}

/** The streams that still have pages alive somewhere. */
export class StreamTable {
  readonly #ids: IdPool;
  readonly #cells: Column<Float64Array>;

  constructor(pool: FramePool, from?: StreamTable) {
    this.#ids = from === undefined ? new IdPool(pool, 0) : from.#ids.fork(pool);
    this.#cells = from === undefined ? new Column(pool, reals) : from.#cells.fork();
  }

  get used(): number {
    return this.#ids.used;
  }

  get frames(): number {
    return this.#ids.frames + this.#cells.frames;
  }

  alloc({ seed, account, end }: Stream): number {
    const stream = this.#ids.alloc();
    this.#cells.write(stream >>> BITS).set([seed, account, end, end], (stream & MASK) << 2);
    return stream;
  }

  seed(stream: number): number {
    return this.#cell(stream, 0);
  }

  account(stream: number): number {
    return this.#cell(stream, 1);
  }

  /** How many of the `span` pages from `base` on the stream has. */
  clip(stream: number, base: number, span: number): number {
    return Math.min(Math.max(this.#cell(stream, 2) - base, 0), span);
  }

  /** That many of its pages are gone or have become ordinary data. */
  consume(stream: number, pages: number): void {
    const cells = this.#cells.write(stream >>> BITS);
    const at = ((stream & MASK) << 2) + 3;
    const left = real(cells, at) - pages;
    cells[at] = left;
    if (left > 0 || this.#ids.free(stream) < GROUP) return;
    const frames = 1 << (GROUP_BITS - BITS);
    const group = stream >>> GROUP_BITS;
    for (let i = 0; i < frames; i++) this.#cells.drop(group * frames + i);
  }

  fork(pool: FramePool): StreamTable {
    return new StreamTable(pool, this);
  }

  close(): void {
    this.#ids.close();
    this.#cells.close();
  }

  #cell(stream: number, cell: number): number {
    return real(this.#cells.read(stream >>> BITS), ((stream & MASK) << 2) + cell);
  }
}
