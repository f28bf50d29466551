import { Column, integers, reals } from "./column.ts";
import { Counts } from "./counts.ts";
import type { FramePool } from "./frame-pool.ts";
import { FAN, FAN_BITS, int, real } from "./geometry.ts";
import { GROUP, GROUP_BITS, IdPool } from "./id-pool.ts";

/** 32 nodes have their links in one frame: as many as `IdPool` sees as neighbours. */
const LINKS_BITS = 10 - FAN_BITS;
const LINKS_MASK = (1 << LINKS_BITS) - 1;
const FIGURES_BITS = 8;
const FIGURES_MASK = (1 << FIGURES_BITS) - 1;

/**
 * The inner nodes of all trees. A link is 0 (nothing mapped below), positive (a node; in a leaf a page), or negative (the
 * complement of a stream: everything below is procedural, belongs to this node alone and has no table entries yet).
 */
export class NodeTable {
  readonly #ids: IdPool;
  readonly #links: Column<Int32Array>;
  readonly #figures: Column<Float64Array>;
  readonly counts: Counts;

  constructor(pool: FramePool, from?: NodeTable) {
    this.#ids = from === undefined ? new IdPool(pool, 1) : from.#ids.fork(pool);
    this.#links = from === undefined ? new Column(pool, integers) : from.#links.fork();
    this.#figures = from === undefined ? new Column(pool, reals) : from.#figures.fork();
    this.counts = new Counts(pool, from?.counts);
  }

  /** Nodes in use. */
  get used(): number {
    return this.#ids.used;
  }

  get frames(): number {
    return this.#ids.frames + this.#links.frames + this.#figures.frames + this.counts.frames;
  }

  /** A node without links, held once by `parent`. */
  alloc(parent: number): number {
    return this.allocFilled(parent, 0, 0, 0);
  }

  /** A node whose first `count` links are the same and exclusive, with `mapped` pages below. */
  allocFilled(parent: number, link: number, count: number, mapped: number): number {
    const node = this.#ids.alloc();
    const links = this.#links.write(node >>> LINKS_BITS);
    const at = (node & LINKS_MASK) << FAN_BITS;
    for (let slot = 0; slot < FAN; slot++) links[at + slot] = slot < count ? link : 0;
    this.counts.set(node, 1, parent);
    this.setFigures(node, mapped, mapped);
    return node;
  }

  /** A node with the links of another, held once by `parent`. */
  allocLike(node: number, parent: number): number {
    const copy = this.#ids.alloc();
    const cells = this.#links.write(copy >>> LINKS_BITS);
    const at = (copy & LINKS_MASK) << FAN_BITS;
    const source = this.linksOf(node); // after the write above, which may have moved it
    const from = this.linksAt(node);
    for (let slot = 0; slot < FAN; slot++) cells[at + slot] = int(source, from + slot);
    this.counts.set(copy, 1, parent);
    return copy;
  }

  free(node: number): void {
    const free = this.#ids.free(node);
    if (free === 0) return;
    this.#links.drop(node >>> LINKS_BITS);
    if (free < GROUP) return;
    const group = node >>> GROUP_BITS;
    this.counts.dropGroup(group);
    const frames = 1 << (GROUP_BITS - FIGURES_BITS);
    for (let i = 0; i < frames; i++) this.#figures.drop(group * frames + i);
  }

  link(node: number, slot: number): number {
    return int(this.#links.read(node >>> LINKS_BITS), ((node & LINKS_MASK) << FAN_BITS) | slot);
  }

  /** The cells a node's links lie in, from `linksAt(node)` on. They hold until a link is set. */
  linksOf(node: number): Int32Array {
    return this.#links.read(node >>> LINKS_BITS);
  }

  linksAt(node: number): number {
    return (node & LINKS_MASK) << FAN_BITS;
  }

  setLink(node: number, slot: number, link: number): void {
    this.#links.write(node >>> LINKS_BITS)[((node & LINKS_MASK) << FAN_BITS) | slot] = link;
  }

  /** Pages that are mapped below. */
  mapped(node: number): number {
    return real(this.#figures.read(node >>> FIGURES_BITS), (node & FIGURES_MASK) << 1);
  }

  /** Pages below that cannot be reached but through this node. */
  exclusive(node: number): number {
    return real(this.#figures.read(node >>> FIGURES_BITS), ((node & FIGURES_MASK) << 1) + 1);
  }

  setFigures(node: number, mapped: number, exclusive: number): void {
    const figures = this.#figures.write(node >>> FIGURES_BITS);
    figures[(node & FIGURES_MASK) << 1] = mapped;
    figures[((node & FIGURES_MASK) << 1) + 1] = exclusive;
  }

  addFigures(node: number, mapped: number, exclusive: number): void {
    const figures = this.#figures.write(node >>> FIGURES_BITS);
    const at = (node & FIGURES_MASK) << 1;
    figures[at] = real(figures, at) + mapped;
    figures[at + 1] = real(figures, at + 1) + exclusive;
  }

  fork(pool: FramePool): NodeTable {
    return new NodeTable(pool, this);
  }

  close(): void {
    this.#ids.close();
    this.#links.close();
    this.#figures.close();
    this.counts.close();
  }
}
