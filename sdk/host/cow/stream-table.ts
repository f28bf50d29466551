import { Column, reals } from "./column.ts";
import type { FramePool } from "./frame-pool.ts";
import { real } from "./geometry.ts";
import { GROUP, GROUP_BITS, IdPool } from "./id-pool.ts";
import { type PageImage, PageImages } from "./page-image.ts";

const BITS = 7;
const MASK = (1 << BITS) - 1;

/** A stream of procedural pages: page n holds bytes that follow from the seed and n, or those of an image. */
export interface Stream {
  /** What its pages are charged to. */
  readonly account: number;
  readonly content: { readonly seed: number; readonly end: number } | PageImage;
}

/**
 * The streams that still have pages alive somewhere. Of each there are seed, account, the page from which on it has none, and how
 * many are alive; of one with an image, the complement of the image's number takes the place of that page.
 */
export class StreamTable {
  readonly #ids: IdPool;
  readonly #cells: Column<Float64Array>;
  readonly #images: PageImages;

  constructor(pool: FramePool, from?: StreamTable) {
    this.#ids = from === undefined ? new IdPool(pool, 0) : from.#ids.fork(pool);
    this.#cells = from === undefined ? new Column(pool, reals) : from.#cells.fork();
    this.#images = from === undefined ? new PageImages() : from.#images;
  }

  get used(): number {
    return this.#ids.used;
  }

  get frames(): number {
    return this.#ids.frames + this.#cells.frames;
  }

  alloc({ account, content }: Stream): number {
    const stream = this.#ids.alloc();
    const cells =
      "seed" in content
        ? [content.seed, account, content.end, content.end]
        : [0, account, ~this.#images.numberOf(content), content.count(0, Number.POSITIVE_INFINITY)];
    this.#cells.write(stream >>> BITS).set(cells, (stream & MASK) << 2);
    return stream;
  }

  /** Another stream of the same content, with all its pages. */
  allocLike(stream: number, account: number): number {
    const content = this.image(stream) ?? { seed: this.seed(stream), end: this.#cell(stream, 2) };
    return this.alloc({ account, content });
  }

  seed(stream: number): number {
    return this.#cell(stream, 0);
  }

  account(stream: number): number {
    return this.#cell(stream, 1);
  }

  /** The image that its pages are from, if they are not made from a seed. */
  image(stream: number): PageImage | undefined {
    const end = this.#cell(stream, 2);
    return end < 0 ? this.#images.get(~end) : undefined;
  }

  /** How many of the `span` pages from `base` on the stream has. */
  clip(stream: number, base: number, span: number): number {
    const end = this.#cell(stream, 2);
    if (end < 0) return this.#images.get(~end).count(base, span);
    return Math.min(Math.max(end - base, 0), span);
  }

  /** How many pages it had when all of them were alive. */
  total(stream: number): number {
    return this.clip(stream, 0, Number.POSITIVE_INFINITY);
  }

  /** The first page from a number on that the stream has, or has not; infinite if there is none. */
  next(stream: number, from: number, has: boolean): number {
    const end = this.#cell(stream, 2);
    if (end < 0) return this.#images.get(~end).next(from, has);
    if (has) return from < end ? from : Number.POSITIVE_INFINITY;
    return Math.max(from, end);
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
