import type { FramePool } from "./frame-pool.ts";

const BLOCK_BITS = 7;
const BLOCK = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK - 1;

export type View = Int32Array | Float64Array;

/** Up to 128 frames; as long as the last that there is. */
interface Block<T> {
  holders: number;
  readonly views: (T | undefined)[];
  readonly frames: number[];
}

interface Directory<T> {
  holders: number;
  readonly blocks: Block<T>[];
}

/** What a column does besides: its cells may themselves hold something that is counted. */
export interface Cells<T extends View> {
  readonly view: (buffer: ArrayBuffer, offset: number) => T;
  /** A twin has got its own copy of cells, in this frame. */
  readonly copied?: (cells: T, frame: number) => void;
  /** The last holder of the cells in this frame lets go of them. */
  readonly freed?: (cells: T, frame: number) => void;
}

export const integers: Cells<Int32Array> = {
  view: (buffer, offset) => new Int32Array(buffer, offset, 1024),
};
export const reals: Cells<Float64Array> = {
  view: (buffer, offset) => new Float64Array(buffer, offset, 512),
};

/**
 * An unbounded typed array in frames of 4096 bytes, which forks in O(1).
 *
 * Directory, blocks and frames are counted lazily, as the nodes of the page tree are: a fork moves the directory's count only, the
 * first write after it copies the directory (a few pointers), one block (128 pointers) and one frame. `write` answers from a table
 * of the frames this column is known to hold alone; a fork empties that table.
 */
export class Column<T extends View> {
  readonly #pool: FramePool;
  readonly #cells: Cells<T>;
  #directory: Directory<T>;
  #blocks: Block<T>[];
  #owned: (T | undefined)[][] = [];
  #frames: number;

  constructor(pool: FramePool, cells: Cells<T>, from?: Column<T>) {
    this.#pool = pool;
    this.#cells = cells;
    this.#directory = from === undefined ? { holders: 1, blocks: [] } : from.#directory;
    this.#blocks = this.#directory.blocks;
    this.#frames = from === undefined ? 0 : from.#frames;
  }

  /** Frames that can be reached from here. */
  get frames(): number {
    return this.#frames;
  }

  /** The cells of a frame that may be absent. */
  peek(index: number): T | undefined {
    return this.#blocks[index >>> BLOCK_BITS]?.views[index & BLOCK_MASK];
  }

  /** The cells of a frame, to read. */
  read(index: number): T {
    const view = this.#blocks[index >>> BLOCK_BITS]?.views[index & BLOCK_MASK];
    if (view === undefined) throw new Error(`frame ${index} of the page store is gone`);
    return view;
  }

  /** The cells of a frame, to write: copied if a twin shares them, zero if they are new. */
  write(index: number): T {
    const view = this.#owned[index >>> BLOCK_BITS]?.[index & BLOCK_MASK];
    return view === undefined ? this.#own(index) : view;
  }

  /** The pool's number for a frame. */
  frameAt(index: number): number {
    return this.#blocks[index >>> BLOCK_BITS]?.frames[index & BLOCK_MASK] ?? 0;
  }

  /** Lets go of a frame; it reads as absent. */
  drop(index: number): void {
    if (this.peek(index) === undefined) return;
    const block = this.#ownBlock(index >>> BLOCK_BITS);
    this.#release(block, index & BLOCK_MASK);
    block.views[index & BLOCK_MASK] = undefined;
    const owned = this.#owned[index >>> BLOCK_BITS];
    if (owned !== undefined) owned[index & BLOCK_MASK] = undefined;
    this.#frames--;
  }

  /** A twin that shares every frame. */
  fork(): Column<T> {
    this.#directory.holders++;
    this.#owned = [];
    return new Column(this.#pool, this.#cells, this);
  }

  /** Lets go of everything. */
  close(): void {
    const directory = this.#directory;
    this.#directory = { holders: 1, blocks: [] };
    this.#blocks = this.#directory.blocks;
    this.#owned = [];
    this.#frames = 0;
    if (--directory.holders > 0) return;
    for (const block of directory.blocks) {
      if (--block.holders > 0) continue;
      for (let i = 0; i < block.views.length; i++) if (block.views[i] !== undefined) this.#release(block, i);
    }
  }

  #own(index: number): T {
    const at = index >>> BLOCK_BITS;
    const i = index & BLOCK_MASK;
    const block = this.#ownBlock(at);
    const shared = block.views[i];
    let view = shared;
    if (shared === undefined || this.#pool.holders(this.#frameOf(block, i)) > 1) {
      const frame = this.#pool.alloc();
      view = this.#cells.view(this.#pool.bufferOf(frame), this.#pool.offsetOf(frame));
      if (shared === undefined) {
        view.fill(0);
        this.#frames++;
      } else {
        view.set(shared);
        this.#cells.copied?.(view, frame);
        this.#release(block, i);
      }
      while (block.views.length <= i) {
        block.views.push(undefined);
        block.frames.push(0);
      }
      block.views[i] = view;
      block.frames[i] = frame;
    }
    if (view === undefined) throw new Error(`frame ${index} of the page store is gone`);
    this.#ownedIn(at)[i] = view;
    return view;
  }

  #ownedIn(at: number): (T | undefined)[] {
    while (this.#owned.length <= at) this.#owned.push([]);
    let owned = this.#owned[at];
    if (owned === undefined || owned.length === 0) {
      owned = new Array<T | undefined>(BLOCK).fill(undefined);
      this.#owned[at] = owned;
    }
    return owned;
  }

  #ownBlock(at: number): Block<T> {
    if (this.#directory.holders > 1) {
      this.#directory.holders--;
      for (const block of this.#blocks) block.holders++;
      this.#directory = { holders: 1, blocks: this.#blocks.slice() };
      this.#blocks = this.#directory.blocks;
    }
    while (this.#blocks.length <= at) {
      this.#blocks.push({ holders: 1, views: [], frames: [] });
    }
    const block = this.#blocks[at];
    if (block === undefined) throw new Error(`block ${at} of the page store is gone`);
    if (block.holders === 1) return block;
    block.holders--;
    const copy = { holders: 1, views: block.views.slice(), frames: block.frames.slice() };
    for (let i = 0; i < copy.views.length; i++) {
      if (copy.views[i] !== undefined) this.#pool.retain(this.#frameOf(copy, i));
    }
    this.#blocks[at] = copy;
    return copy;
  }

  #frameOf(block: Block<T>, i: number): number {
    return block.frames[i] ?? 0;
  }

  #release(block: Block<T>, i: number): void {
    const frame = this.#frameOf(block, i);
    const view = block.views[i];
    if (view !== undefined && this.#pool.holders(frame) === 1) this.#cells.freed?.(view, frame);
    this.#pool.release(frame);
  }
}
