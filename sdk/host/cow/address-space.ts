import type { Forest } from "./forest.ts";
import type { FramePool } from "./frame-pool.ts";
import { FAN, FAN_MASK, PAGE_SIZE } from "./geometry.ts";
import type { NodeTable } from "./node-table.ts";
import { copy, same, ZEROS, zero } from "./page-bytes.ts";
import type { PageTable } from "./page-table.ts";
import { proceduralPage } from "./procedural-page.ts";
import type { StreamTable } from "./stream-table.ts";
import type { Tables } from "./tables.ts";

/** What a write makes of a page. */
type Outcome = "same" | "zero" | "data";

/** The part of an access that lies in one leaf: 32 pages, 128 KiB. */
interface Run {
  readonly leaf: number;
  readonly slot: number;
  /** Where in the first page it begins. */
  readonly offset: number;
  readonly length: number;
}

/** Reads and writes by address: the tree of a handle seen as bytes. */
export class AddressSpace {
  readonly #handles: Tables["handles"];
  readonly #nodes: NodeTable;
  readonly #pages: PageTable;
  readonly #streams: StreamTable;
  readonly #data: FramePool;
  readonly #forest: Forest;
  /** Where the bytes of the page looked at last begin in the buffer `#look` answered. */
  #offset = 0;

  constructor(tables: Tables, forest: Forest) {
    this.#handles = tables.handles;
    this.#nodes = tables.nodes;
    this.#pages = tables.pages;
    this.#streams = tables.streams;
    this.#data = tables.memory.data;
    this.#forest = forest;
  }

  /** Fills a target. One that is `blank` is all zero already. */
  read(handle: number, address: number, target: Uint8Array, blank: boolean): void {
    let at = 0;
    while (at < target.length) {
      const run = runAt(address + at, target.length - at);
      this.#readRun(this.#forest.seek(handle, run.leaf), run, target, at, blank);
      at += run.length;
    }
  }

  write(handle: number, address: number, bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const run = runAt(address + at, bytes.length - at);
      this.#writeRun(handle, run, bytes, at);
      at += run.length;
    }
  }

  /** The pages that a write of these bytes would allocate. */
  cost(handle: number, address: number, bytes: Uint8Array): number {
    let pages = 0;
    let at = 0;
    while (at < bytes.length) {
      const run = runAt(address + at, bytes.length - at);
      pages += this.#costRun(handle, run, bytes, at);
      at += run.length;
    }
    return pages;
  }

  #readRun(node: number, run: Run, target: Uint8Array, from: number, blank: boolean): void {
    let { slot, offset } = run;
    for (let at = from; at < from + run.length; slot++) {
      const length = Math.min(PAGE_SIZE - offset, from + run.length - at);
      const link = node > 0 ? this.#nodes.link(node, slot) : node;
      if (link !== 0) {
        const page = this.#look(link, run.leaf * FAN + slot);
        copy(page, this.#offset + offset, target, at, length);
      } else if (!blank) target.fill(0, at, at + length);
      at += length;
      offset = 0;
    }
  }

  #writeRun(handle: number, run: Run, bytes: Uint8Array, from: number): void {
    let node = this.#forest.seek(handle, run.leaf);
    let owned = false;
    let mapped = 0;
    let exclusive = 0;
    let { slot, offset } = run;
    for (let at = from; at < from + run.length; slot++) {
      const length = Math.min(PAGE_SIZE - offset, from + run.length - at);
      const page = run.leaf * FAN + slot;
      const link = node > 0 ? this.#nodes.link(node, slot) : node;
      const outcome = this.#examine(link, page, offset, bytes, at, length);
      if (outcome !== "same") {
        if (!owned) node = this.#forest.own(handle, run.leaf);
        owned = true;
        const now = this.#nodes.link(node, slot);
        const alone = now < 0 || (now > 0 && this.#pages.counts.holders(now) === 1);
        if (outcome === "data") {
          this.#put(handle, node, slot, page, offset, bytes, at, length);
          if (now === 0) mapped++;
          if (!alone) exclusive++;
        } else {
          this.#nodes.setLink(node, slot, 0);
          if (now < 0) this.#forest.dropStream(~now, 1);
          else this.#forest.dropPage(now, node);
          mapped--;
          if (alone) exclusive--;
        }
      }
      at += length;
      offset = 0;
    }
    if (mapped !== 0 || exclusive !== 0) this.#forest.add(node, mapped, exclusive);
    if (mapped < 0) this.#forest.prune(node, run.leaf);
  }

  /** Writes part of a page that a leaf of the handle's own has at a slot, in place if nobody else holds the page. */
  #put(
    handle: number,
    node: number,
    slot: number,
    page: number,
    offset: number,
    bytes: Uint8Array,
    from: number,
    length: number,
  ): void {
    const link = this.#nodes.link(node, slot);
    const before = link === 0 ? ZEROS : this.#look(link, page);
    const beforeAt = link === 0 ? 0 : this.#offset;
    let id = link;
    if (link < 0) id = this.#pages.allocProcedural(~link, node);
    else if (link === 0 || this.#pages.counts.holders(link) > 1) {
      id = this.#pages.allocData(this.#handles.account(handle), node);
    }
    const frame = this.#pages.ownFrame(id);
    const target = this.#data.bytesOf(frame);
    const targetAt = this.#data.offsetOf(frame);
    if (length < PAGE_SIZE && (before !== target || beforeAt !== targetAt)) {
      copy(before, beforeAt, target, targetAt, PAGE_SIZE);
    }
    copy(bytes, from, target, targetAt + offset, length);
    if (id === link) return;
    this.#nodes.setLink(node, slot, id);
    if (link > 0) this.#forest.dropPage(link, node);
  }

  #costRun(handle: number, run: Run, bytes: Uint8Array, from: number): number {
    const node = this.#forest.seek(handle, run.leaf);
    const owned = this.#forest.owns(handle, run.leaf);
    let pages = 0;
    let { slot, offset } = run;
    for (let at = from; at < from + run.length; slot++) {
      const length = Math.min(PAGE_SIZE - offset, from + run.length - at);
      const link = node > 0 ? this.#nodes.link(node, slot) : node;
      const alone = owned && (link < 0 || (link > 0 && this.#pages.counts.holders(link) === 1));
      if (!alone && this.#examine(link, run.leaf * FAN + slot, offset, bytes, at, length) === "data") pages++;
      at += length;
      offset = 0;
    }
    return pages;
  }

  #examine(link: number, page: number, offset: number, bytes: Uint8Array, from: number, length: number): Outcome {
    if (link === 0) return zero(bytes, from, length) ? "same" : "data";
    const before = this.#look(link, page);
    const start = this.#offset;
    if (same(bytes, from, before, start + offset, length)) return "same";
    if (!zero(bytes, from, length)) return "data";
    const end = offset + length;
    return zero(before, start, offset) && zero(before, start + end, PAGE_SIZE - end) ? "zero" : "data";
  }

  /** The buffer a page lies in; `#offset` says where. */
  #look(link: number, page: number): Buffer {
    const content = link < 0 ? link : this.#pages.content(link);
    if (content < 0) {
      this.#offset = 0;
      return proceduralPage(this.#streams.seed(~content), page);
    }
    this.#offset = this.#data.offsetOf(content - 1);
    return this.#data.bytesOf(content - 1);
  }
}

function runAt(address: number, length: number): Run {
  const page = Math.floor(address / PAGE_SIZE);
  const leaf = Math.floor(page / FAN);
  const offset = address - page * PAGE_SIZE;
  const slot = page & FAN_MASK;
  const room = (FAN - slot) * PAGE_SIZE - offset;
  return { leaf, slot, offset, length: Math.min(room, length) };
}
