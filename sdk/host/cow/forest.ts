import { FAN, FAN_BITS, FAN_MASK, int, lowestBit, spanOf } from "./geometry.ts";
import type { HandleTable } from "./handle-table.ts";
import type { Ledger } from "./ledger.ts";
import type { NodeTable } from "./node-table.ts";
import type { PageTable } from "./page-table.ts";
import type { StreamTable } from "./stream-table.ts";
import type { Tables } from "./tables.ts";
import type { Touched } from "./touched.ts";

/**
 * The trees of all address spaces, which share whatever they have in common. Counts are held lazily: a fork moves the count of a root
 * only, those of the children move when a shared node is copied because somebody writes below it.
 *
 * What keeps the figures exact: a node's exclusive pages are those below it that cannot be reached but through it. They are part of
 * its parent's exclusive pages as long as it has that one parent, and so on up to the handle. When a count falls to one, `Counts`
 * knows who is left, and what has become exclusive is credited to it and to all above.
 *
 * Recursion goes as deep as the tree is high: 7 levels at most.
 */
export class Forest {
  readonly #handles: HandleTable;
  readonly #nodes: NodeTable;
  readonly #pages: PageTable;
  readonly #streams: StreamTable;
  readonly #ledger: Ledger;
  readonly #touched: Touched;

  constructor({ handles, nodes, pages, streams, ledger, touched }: Tables) {
    this.#handles = handles;
    this.#nodes = nodes;
    this.#pages = pages;
    this.#streams = streams;
    this.#ledger = ledger;
    this.#touched = touched;
  }

  /** What the tree of a handle has for a leaf: the leaf's node, 0, or the complement of the stream it lies in. */
  seek(handle: number, leaf: number): number {
    let link = this.#handles.root(handle);
    for (let level = this.#handles.height(handle); level > 0 && link > 0; level--) {
      link = this.#nodes.link(link, slotAt(leaf, level));
    }
    return link;
  }

  /** Whether every node from the handle down to a leaf belongs to the handle alone. */
  owns(handle: number, leaf: number): boolean {
    let link = this.#handles.root(handle);
    for (let level = this.#handles.height(handle); link > 0; level--) {
      if (this.#nodes.counts.holders(link) > 1) return false;
      if (level === 0) return true;
      link = this.#nodes.link(link, slotAt(leaf, level));
    }
    return true;
  }

  /** The node of a leaf that belongs to the handle alone: nodes on the way that are shared are copied, those that lack are made. */
  own(handle: number, leaf: number): number {
    const nodes = this.#nodes;
    let parent = ~handle;
    let slot = 0;
    let link = this.#handles.root(handle);
    for (let level = this.#handles.height(handle); ; level--) {
      let node = link;
      if (link <= 0) {
        node = link === 0 ? nodes.alloc(parent) : this.#growStream(~link, level, baseOf(leaf, level), parent);
      } else if (nodes.counts.holders(link) > 1) {
        node = this.#copy(link, level, baseOf(leaf, level), parent);
        nodes.counts.drop(link, parent); // its exclusive pages are none since the copy, so nothing comes back to a sole holder
      }
      if (node !== link) {
        if (parent < 0) this.#handles.setRoot(handle, node);
        else nodes.setLink(parent, slot, node);
      }
      if (level === 0) return node;
      parent = node;
      slot = slotAt(leaf, level);
      link = nodes.link(node, slot);
    }
  }

  /** A tree of procedural pages only. */
  plant(handle: number, stream: number): void {
    const root = this.#growStream(stream, this.#handles.height(handle), 0, ~handle);
    this.#handles.setRoot(handle, root);
  }

  /** Counts pages to a node that belongs to one handle alone, and to all above it. */
  add(node: number, mapped: number, exclusive: number): void {
    let at = node;
    while (at > 0) {
      this.#nodes.addFigures(at, mapped, exclusive);
      at = this.#nodes.counts.parent(at);
    }
    this.#touched.add(this.#handles.owner(~at));
  }

  /** Frees a leaf that has no page, and the nodes above it that have none either. */
  prune(leafNode: number, leaf: number): void {
    let node = leafNode;
    for (let level = 0; this.#nodes.mapped(node) === 0; level++) {
      const parent = this.#nodes.counts.parent(node);
      this.#nodes.free(node);
      if (parent < 0) {
        this.#handles.setRoot(~parent, 0);
        return;
      }
      this.#nodes.setLink(parent, slotAt(leaf, level + 1), 0);
      node = parent;
    }
  }

  /** Puts a page in a leaf's slot, in place of what was there. The caller sees to the figures of the leaf. */
  relink(leaf: number, slot: number, page: number): void {
    const link = this.#nodes.link(leaf, slot);
    this.#nodes.setLink(leaf, slot, page);
    if (link > 0) this.#dropPage(link, leaf);
  }

  /** Empties a leaf's slot. The caller sees to the figures of the leaf. */
  unlink(leaf: number, slot: number): void {
    const link = this.#nodes.link(leaf, slot);
    this.#nodes.setLink(leaf, slot, 0);
    if (link < 0) this.#dropStream(~link, 1);
    else if (link > 0) this.#dropPage(link, leaf);
  }

  /** `parent` no longer points at the tree below `node`. */
  drop(node: number, parent: number, level: number, base: number): void {
    const left = this.#nodes.counts.drop(node, parent);
    if (left === 1) this.#credit(this.#nodes.counts.parent(node), this.#nodes.exclusive(node));
    else if (left === 0) this.#free(node, level, base);
  }

  /** Counts pages as exclusive to a node or handle, and to those above as long as they are the sole holder. */
  #credit(parent: number, pages: number): void {
    if (pages === 0) return;
    let at = parent;
    while (at > 0) {
      this.#nodes.addFigures(at, 0, pages);
      if (this.#nodes.counts.holders(at) > 1) return;
      at = this.#nodes.counts.parent(at);
    }
    this.#touched.add(this.#handles.owner(~at));
  }

  /** `leaf` no longer points at `page`. */
  #dropPage(page: number, leaf: number): void {
    const left = this.#pages.counts.drop(page, leaf);
    if (left === 1) this.#credit(this.#pages.counts.parent(page), 1);
    else if (left === 0) this.#pages.free(page);
  }

  /** Pages of a stream that nothing points at any more. */
  #dropStream(stream: number, pages: number): void {
    this.#ledger.charge(this.#streams.account(stream), -pages);
    this.#streams.consume(stream, pages);
  }

  /** Frees a node that nobody points at, and whatever is below it and nobody else points at. */
  #free(node: number, level: number, base: number): void {
    const below = spanOf(level - 1);
    const counts = level === 0 ? this.#pages.counts : this.#nodes.counts;
    const links = this.#nodes.linksOf(node);
    const first = this.#nodes.linksAt(node);
    // Children that fall to one holder mostly fall to the same one: count them, and climb once.
    let heir = 0;
    let inherited = 0;
    for (let few = counts.dropAll(links, first, FAN, node); few !== 0; few &= few - 1) {
      const slot = lowestBit(few);
      const link = int(links, first + slot);
      if (link < 0) {
        this.#dropStream(~link, this.#streams.clip(~link, base + slot * below, below));
      } else if (counts.holders(link) === 1) {
        const parent = counts.parent(link);
        if (parent !== heir) this.#credit(heir, inherited);
        inherited = (parent === heir ? inherited : 0) + (level === 0 ? 1 : this.#nodes.exclusive(link));
        heir = parent;
      } else if (level === 0) this.#pages.free(link);
      else this.#free(link, level - 1, base + slot * below);
    }
    this.#credit(heir, inherited);
    this.#nodes.free(node);
  }

  /** A node with the same children as a shared one. */
  #copy(node: number, level: number, base: number, parent: number): number {
    const nodes = this.#nodes;
    const mapped = nodes.mapped(node);
    if (nodes.exclusive(node) > 0) this.#expand(node, level, base);
    const copy = nodes.allocLike(node, parent);
    const counts = level === 0 ? this.#pages.counts : nodes.counts;
    counts.holdAll(nodes.linksOf(copy), nodes.linksAt(copy), FAN, copy);
    nodes.setFigures(node, mapped, 0);
    nodes.setFigures(copy, mapped, 0);
    return copy;
  }

  /** Makes entries for the procedural children of a node: they are about to be shared, which takes a count. */
  #expand(node: number, level: number, base: number): void {
    for (let slot = 0; slot < FAN; slot++) {
      const link = this.#nodes.link(node, slot);
      if (link >= 0) continue;
      const child =
        level === 0
          ? this.#pages.allocProcedural(~link, node)
          : this.#growStream(~link, level - 1, base + slot * spanOf(level - 1), node);
      this.#nodes.setLink(node, slot, child);
    }
  }

  /** The node for a subtree that so far was a procedural link. Neither content nor figures change. */
  #growStream(stream: number, level: number, base: number, parent: number): number {
    const pages = this.#streams.clip(stream, base, spanOf(level));
    const below = spanOf(level - 1);
    if (!this.#streams.image(stream)) return this.#nodes.allocFilled(parent, ~stream, Math.ceil(pages / below), pages);
    const node = this.#nodes.allocFilled(parent, 0, 0, pages);
    for (let slot = 0; slot < FAN; slot++)
      if (this.#streams.clip(stream, base + slot * below, below) > 0) this.#nodes.setLink(node, slot, ~stream);
    return node;
  }
}

/** Which link of a node of this level (1 or more) leads to a leaf. */
function slotAt(leaf: number, level: number): number {
  return (leaf >>> (FAN_BITS * (level - 1))) & FAN_MASK;
}

/** The number of the first page below the node of this level that leads to a leaf. */
function baseOf(leaf: number, level: number): number {
  return (leaf >>> (FAN_BITS * level)) * spanOf(level);
}
