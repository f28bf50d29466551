import type { Forest } from "./forest.ts";
import type { FramePool } from "./frame-pool.ts";
import { FAN_MASK, leafOf, PAGE_SIZE } from "./geometry.ts";
import type { HandleTable } from "./handle-table.ts";
import type { NodeTable } from "./node-table.ts";
import { copy, type Piece, pieceAt, same, ZEROS, zero } from "./page-bytes.ts";
import type { PageTable } from "./page-table.ts";
import { PageView } from "./page-view.ts";
import type { StreamTable } from "./stream-table.ts";
import type { Tables } from "./tables.ts";

/** Reads and writes by address: the tree of a handle seen as bytes. */
export class AddressSpace {
  readonly #handles: HandleTable;
  readonly #nodes: NodeTable;
  readonly #pages: PageTable;
  readonly #streams: StreamTable;
  readonly #data: FramePool;
  readonly #forest: Forest;
  readonly #view: PageView;

  constructor(tables: Tables, forest: Forest) {
    this.#handles = tables.handles;
    this.#nodes = tables.nodes;
    this.#pages = tables.pages;
    this.#streams = tables.streams;
    this.#data = tables.memory.data;
    this.#forest = forest;
    this.#view = new PageView(tables);
  }

  /** Fills a target. One that is `blank` is all zero already. */
  read(handle: number, address: number, target: Uint8Array, blank: boolean): void {
    let leaf = -1;
    let node = 0;
    for (let at = 0; at < target.length; ) {
      const piece = pieceAt(address, at, target.length);
      if (leafOf(piece.page) !== leaf) {
        leaf = leafOf(piece.page);
        node = this.#forest.seek(handle, leaf);
      }
      const link = this.#linkOf(node, piece.page);
      at += piece.length;
      if (link === 0) {
        if (!blank) target.fill(0, piece.at, at);
        continue;
      }
      const bytes = this.#view.look(link, piece.page);
      copy(bytes, this.#view.offset + piece.offset, target, piece.at, piece.length);
    }
  }

  write(handle: number, address: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at = this.#writeLeaf(handle, address, bytes, at);
  }

  /** The pages that a write of these bytes would allocate. */
  cost(handle: number, address: number, bytes: Uint8Array): number {
    let pages = 0;
    let leaf = -1;
    let node = 0;
    let owned = false;
    for (let at = 0; at < bytes.length; ) {
      const piece = pieceAt(address, at, bytes.length);
      if (leafOf(piece.page) !== leaf) {
        leaf = leafOf(piece.page);
        node = this.#forest.seek(handle, leaf);
        owned = this.#forest.owns(handle, leaf);
      }
      const link = this.#linkOf(node, piece.page);
      if (!(owned && this.#isAlone(link)) && this.#outcome(link, piece, bytes) === "data") pages++;
      at += piece.length;
    }
    return pages;
  }

  /**
   * Writes what lies in the same leaf as the byte at `start`; answers where in the bytes that ends. The leaf becomes the handle's own
   * when the first page is found that changes, and its figures are settled once.
   */
  #writeLeaf(handle: number, address: number, bytes: Uint8Array, start: number): number {
    const leaf = leafOf(Math.floor((address + start) / PAGE_SIZE));
    let node = this.#forest.seek(handle, leaf);
    let owned = false;
    let mapped = 0;
    let exclusive = 0;
    let at = start;
    try {
      while (at < bytes.length) {
        const piece = pieceAt(address, at, bytes.length);
        if (leafOf(piece.page) !== leaf) break;
        at += piece.length;
        const outcome = this.#outcome(this.#linkOf(node, piece.page), piece, bytes);
        if (outcome === "same") continue;
        if (!owned) node = this.#forest.own(handle, leaf);
        owned = true;
        const link = this.#linkOf(node, piece.page);
        const alone = this.#isAlone(link);
        if (outcome === "zero") {
          this.#forest.unlink(node, piece.page & FAN_MASK);
          mapped--;
          if (alone) exclusive--;
        } else {
          this.#put(handle, node, link, piece, bytes);
          if (link === 0) mapped++;
          if (!alone) exclusive++;
        }
      }
    } finally {
      if (mapped !== 0 || exclusive !== 0) this.#forest.add(node, mapped, exclusive);
      if (owned) this.#forest.prune(node, leaf);
    }
    return at;
  }

  /** Writes part of a page, for which a leaf of the handle's own has this link; in place if nobody else holds the page. */
  #put(handle: number, leaf: number, link: number, { page, offset, at, length }: Piece, bytes: Uint8Array): void {
    const before = link === 0 ? ZEROS : this.#view.look(link, page);
    const beforeAt = link === 0 ? 0 : this.#view.offset;
    let id = link;
    if (link < 0) id = this.#pages.allocProcedural(~link, leaf);
    else if (!this.#isAlone(link)) id = this.#pages.allocData(this.#handles.account(handle), leaf);
    const frame = this.#pages.ownFrame(id);
    const target = this.#data.bytesOf(frame);
    const targetAt = this.#data.offsetOf(frame);
    const moved = before !== target || beforeAt !== targetAt;
    if (moved && length < PAGE_SIZE) copy(before, beforeAt, target, targetAt, PAGE_SIZE);
    copy(bytes, at, target, targetAt + offset, length);
    if (id !== link) this.#forest.relink(leaf, page & FAN_MASK, id);
  }

  /** What a write makes of the page behind a link. */
  #outcome(link: number, { page, offset, at, length }: Piece, bytes: Uint8Array): "same" | "zero" | "data" {
    if (link === 0) return zero(bytes, at, length) ? "same" : "data";
    const before = this.#view.look(link, page);
    const start = this.#view.offset;
    if (same(bytes, at, before, start + offset, length)) return "same";
    if (!zero(bytes, at, length)) return "data";
    const end = offset + length;
    return zero(before, start, offset) && zero(before, start + end, PAGE_SIZE - end) ? "zero" : "data";
  }

  /** The link of a page: a leaf's, or what `seek` found in its place. */
  #linkOf(node: number, page: number): number {
    if (node > 0) return this.#nodes.link(node, page & FAN_MASK);
    return node < 0 && this.#streams.clip(~node, page, 1) > 0 ? node : 0;
  }

  /** Whether a leaf is the only one that has this link. */
  #isAlone(link: number): boolean {
    return link < 0 || (link > 0 && this.#pages.counts.holders(link) === 1);
  }
}
