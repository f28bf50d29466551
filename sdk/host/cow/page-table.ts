import { type Cells, Column, integers } from "./column.ts";
import { Counts } from "./counts.ts";
import type { FramePool } from "./frame-pool.ts";
import { int } from "./geometry.ts";
import { GROUP, GROUP_BITS, IdPool } from "./id-pool.ts";
import type { Ledger } from "./ledger.ts";
import type { StreamTable } from "./stream-table.ts";

const BITS = 9;
const MASK = (1 << BITS) - 1;
/** Frames of tables above this number (16 GiB of them) have no names: what they hold does not move. */
const MOST_NAMED = 2 ** (31 - BITS);

/**
 * The frames of pages are held by the cells that name them: twins share a page's frame as long as neither writes it. A cell's name
 * is where it is, so that a page can move to another frame.
 */
function contentCells(data: FramePool): Cells<Int32Array> {
  return {
    view: integers.view,
    copied: (cells, frame) => {
      for (let i = 0; i < cells.length; i += 2) {
        const content = int(cells, i);
        if (content > 0) data.retain(content - 1, nameOf(frame, i >>> 1));
      }
    },
    freed: (cells, frame) => {
      for (let i = 0; i < cells.length; i += 2) {
        const content = int(cells, i);
        if (content > 0) data.release(content - 1, nameOf(frame, i >>> 1));
      }
    },
  };
}

function nameOf(frame: number, entry: number): number {
  return frame < MOST_NAMED ? (frame << BITS) | entry : 0;
}

/** Moves pages so that memory of the system that is mostly free can be given back. */
export function compactPages(data: FramePool, tables: FramePool): void {
  data.compact((name, frame) => {
    const holder = name >>> BITS;
    const cells = integers.view(tables.bufferOf(holder), tables.offsetOf(holder));
    cells[(name & MASK) << 1] = frame + 1;
  });
}

/**
 * The pages that have an entry of their own: content and account. The content of a page is a frame plus one, or the complement of
 * the stream it is generated from.
 */
export class PageTable {
  readonly #data: FramePool;
  readonly #ledger: Ledger;
  readonly #streams: StreamTable;
  readonly #ids: IdPool;
  readonly #contents: Column<Int32Array>;
  #frames: number;
  readonly counts: Counts;

  constructor(tables: FramePool, data: FramePool, ledger: Ledger, streams: StreamTable, from?: PageTable) {
    this.#data = data;
    this.#ledger = ledger;
    this.#streams = streams;
    this.#ids = from === undefined ? new IdPool(tables, 1) : from.#ids.fork(tables);
    this.#contents = from === undefined ? new Column(tables, contentCells(data)) : from.#contents.fork();
    this.#frames = from === undefined ? 0 : from.#frames;
    this.counts = new Counts(tables, from?.counts);
  }

  /** Frames of tables, and frames of data. */
  get frames(): number {
    return this.#ids.frames + this.#contents.frames + this.counts.frames + this.#frames;
  }

  /** A new page of undefined bytes, held once by `leaf`. */
  allocData(account: number, leaf: number): number {
    this.#data.reserve();
    const page = this.#alloc(0, account, leaf);
    this.#ledger.charge(account, 1);
    this.#frames++;
    const cells = this.#contents.write(page >>> BITS);
    cells[(page & MASK) << 1] = this.#data.alloc(this.#name(page)) + 1;
    return page;
  }

  /** An entry for a page that so far was procedural by its leaf's link only: it is charged already. */
  allocProcedural(stream: number, leaf: number): number {
    return this.#alloc(~stream, this.#streams.account(stream), leaf);
  }

  free(page: number): void {
    const cells = this.#contents.write(page >>> BITS);
    const at = (page & MASK) << 1;
    const content = int(cells, at);
    cells[at] = 0;
    this.#ledger.charge(int(cells, at + 1), -1);
    if (content > 0) {
      this.#data.release(content - 1, this.#name(page));
      this.#frames--;
    } else this.#streams.consume(~content, 1);
    if (this.#ids.free(page) < GROUP) return;
    const group = page >>> GROUP_BITS;
    const frames = 1 << (GROUP_BITS - BITS);
    this.counts.dropGroup(group);
    for (let i = 0; i < frames; i++) this.#contents.drop(group * frames + i);
  }

  /** The frame plus one, or the complement of the stream. */
  content(page: number): number {
    return int(this.#contents.read(page >>> BITS), (page & MASK) << 1);
  }

  /** What a page is charged to. */
  account(page: number): number {
    return int(this.#contents.read(page >>> BITS), ((page & MASK) << 1) + 1);
  }

  /** The caller sees to the ledger. */
  setAccount(page: number, account: number): void {
    this.#contents.write(page >>> BITS)[((page & MASK) << 1) + 1] = account;
  }

  /** The frame of a page, to write: a procedural page or one that a twin shares gets a frame of its own, of undefined bytes. */
  ownFrame(page: number): number {
    const cells = this.#contents.write(page >>> BITS);
    const at = (page & MASK) << 1;
    const content = int(cells, at);
    if (content > 0 && this.#data.holders(content - 1) === 1) return content - 1;
    const frame = this.#data.alloc(this.#name(page));
    cells[at] = frame + 1;
    if (content > 0) this.#data.release(content - 1, this.#name(page));
    else {
      this.#frames++;
      this.#streams.consume(~content, 1);
    }
    return frame;
  }

  close(): void {
    this.#ids.close();
    this.#contents.close();
    this.counts.close();
  }

  #name(page: number): number {
    return nameOf(this.#contents.frameAt(page >>> BITS), page & MASK);
  }

  #alloc(content: number, account: number, leaf: number): number {
    const page = this.#ids.alloc();
    const cells = this.#contents.write(page >>> BITS);
    const at = (page & MASK) << 1;
    cells[at] = content;
    cells[at + 1] = account;
    this.counts.set(page, 1, leaf);
    return page;
  }
}
