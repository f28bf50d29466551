import { Column, integers } from "./column.ts";
import type { FramePool } from "./frame-pool.ts";
import { int } from "./geometry.ts";
import { GROUP_BITS } from "./id-pool.ts";

const PER_FRAME_BITS = 9;
const MASK = (1 << PER_FRAME_BITS) - 1;

/**
 * Who points at a node or a page: how many, and the XOR of their names. When the count falls to one the XOR *is* the one that is
 * left, so the sole holder of anything is found without a list of holders. A parent's name is a node's number (positive) or the
 * complement of a handle (negative).
 */
export class Counts {
  readonly #cells: Column<Int32Array>;

  constructor(pool: FramePool, from?: Counts) {
    this.#cells = from === undefined ? new Column(pool, integers) : from.#cells.fork();
  }

  get frames(): number {
    return this.#cells.frames;
  }

  /** How many point at it. */
  holders(id: number): number {
    return int(this.#cells.read(id >>> PER_FRAME_BITS), (id & MASK) << 1);
  }

  /** The one that points at it, if it is one. */
  parent(id: number): number {
    return int(this.#cells.read(id >>> PER_FRAME_BITS), ((id & MASK) << 1) + 1);
  }

  set(id: number, holders: number, parents: number): void {
    const cells = this.#cells.write(id >>> PER_FRAME_BITS);
    const at = (id & MASK) << 1;
    cells[at] = holders;
    cells[at + 1] = parents;
  }

  hold(id: number, parent: number): number {
    return this.#move(id, parent, 1);
  }

  drop(id: number, parent: number): number {
    return this.#move(id, parent, -1);
  }

  /** One more parent for each of the `count` children that are named from `at` on; 0 names none. */
  holdAll(children: Int32Array, at: number, count: number, parent: number): void {
    let frame = -1;
    let cells: Int32Array | undefined;
    for (let i = at; i < at + count; i++) {
      const id = int(children, i);
      if (id === 0) continue;
      // Neighbours mostly lie in one frame.
      if (cells === undefined || id >>> PER_FRAME_BITS !== frame) {
        frame = id >>> PER_FRAME_BITS;
        cells = this.#cells.write(frame);
      }
      const cell = (id & MASK) << 1;
      cells[cell] = int(cells, cell) + 1;
      cells[cell + 1] = int(cells, cell + 1) ^ parent;
    }
  }

  /**
   * One parent less for each of those children. Answers the positions, as bits, of children that have one holder left or none, and
   * of negative names, which have no count.
   */
  dropAll(children: Int32Array, at: number, count: number, parent: number): number {
    let few = 0;
    let frame = -1;
    let cells: Int32Array | undefined;
    for (let i = 0; i < count; i++) {
      const id = int(children, at + i);
      if (id === 0) continue;
      if (id < 0) {
        few |= 1 << i;
        continue;
      }
      if (cells === undefined || id >>> PER_FRAME_BITS !== frame) {
        frame = id >>> PER_FRAME_BITS;
        cells = this.#cells.write(frame);
      }
      const cell = (id & MASK) << 1;
      const left = int(cells, cell) - 1;
      cells[cell] = left;
      cells[cell + 1] = int(cells, cell + 1) ^ parent;
      if (left <= 1) few |= 1 << i;
    }
    return few;
  }

  /** Gives back the frames of a group of identifiers. */
  dropGroup(group: number): void {
    const frames = 1 << (GROUP_BITS - PER_FRAME_BITS);
    for (let i = 0; i < frames; i++) this.#cells.drop(group * frames + i);
  }

  close(): void {
    this.#cells.close();
  }

  #move(id: number, parent: number, by: number): number {
    const cells = this.#cells.write(id >>> PER_FRAME_BITS);
    const at = (id & MASK) << 1;
    const holders = int(cells, at) + by;
    cells[at] = holders;
    cells[at + 1] = int(cells, at + 1) ^ parent;
    return holders;
  }
}
