import { FAN, heightOf, MAX_PAGES, PAGE_SIZE, spanOf } from "./geometry.ts";
import { copy as copyBytes } from "./page-bytes.ts";
import type { Tables } from "./tables.ts";

/** Makes an address space larger; what is added is zero. Nothing is copied: the tree gets more levels where it needs them. */
export function growSpace({ handles, nodes }: Tables, handle: number, pages: number): void {
  let root = handles.root(handle);
  const height = heightOf(pages);
  for (let level = handles.height(handle); level < height && root !== 0; level++) {
    const above = nodes.alloc(~handle);
    nodes.setLink(above, 0, root);
    nodes.counts.hold(root, above);
    const holders = nodes.counts.drop(root, ~handle);
    nodes.setFigures(above, nodes.mapped(root), holders === 1 ? nodes.exclusive(root) : 0);
    root = above;
  }
  handles.setRoot(handle, root);
  handles.setPages(handle, pages);
}

/**
 * Gives an empty address space the bytes of another without sharing any: each page is allocated and charged anew. Procedural
 * pages stay procedural, so that they still cost nothing but their place in the figures.
 */
export function copySpace(tables: Tables, from: number, to: number): void {
  const { handles, nodes, pages, streams, ledger, memory } = tables;
  const account = handles.account(to);
  /** Streams of the original -> those of the copy, and how many pages it has of them. */
  const made = new Map<number, { readonly stream: number; pages: number }>();

  function streamLike(original: number, count: number): number {
    let known = made.get(original);
    if (!known) {
      const end = streams.clip(original, 0, MAX_PAGES);
      known = { stream: streams.alloc({ seed: streams.seed(original), account, end }), pages: 0 };
      made.set(original, known);
    }
    known.pages += count;
    return ~known.stream;
  }

  function copyPage(page: number, leaf: number): number {
    const content = pages.content(page);
    if (content < 0) return streamLike(~content, 1);
    const copy = pages.allocData(account, leaf);
    const target = pages.ownFrame(copy);
    const { data } = memory;
    const source = data.bytesOf(content - 1);
    copyBytes(source, data.offsetOf(content - 1), data.bytesOf(target), data.offsetOf(target), PAGE_SIZE);
    return copy;
  }

  /** The copy of what a link leads to; level -1 is a page. */
  function copyBelow(link: number, level: number, base: number, parent: number): number {
    if (link === 0) return 0;
    if (link < 0) return streamLike(~link, level < 0 ? 1 : streams.clip(~link, base, spanOf(level)));
    if (level < 0) return copyPage(link, parent);
    const node = nodes.alloc(parent);
    const below = spanOf(level - 1);
    for (let slot = 0; slot < FAN; slot++) {
      const child = nodes.link(link, slot);
      if (child !== 0) nodes.setLink(node, slot, copyBelow(child, level - 1, base + slot * below, node));
    }
    nodes.setFigures(node, nodes.mapped(link), nodes.mapped(link));
    return node;
  }

  handles.setRoot(to, copyBelow(handles.root(from), handles.height(from), 0, ~to));
  for (const [original, { stream, pages: count }] of made) {
    ledger.charge(account, count);
    streams.consume(stream, streams.clip(original, 0, MAX_PAGES) - count);
  }
}
