import { FAN, heightOf, PAGE_SIZE, spanOf } from "./geometry.ts";
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
 * Gives an empty address space the bytes of another. Each page is allocated and charged anew: all of them, or with `which` "own"
 * only those that no third address space has, while the others are shared. Procedural pages stay procedural, so that they still
 * cost nothing but their place in the figures.
 */
export function copySpace(tables: Tables, from: number, to: number, which: "all" | "own" = "all"): void {
  const { handles, nodes, pages, streams, ledger, memory } = tables;
  const account = handles.account(to);
  /** Streams of the original -> those of the copy, and how many pages it has of them. */
  const made = new Map<number, { readonly stream: number; pages: number }>();

  function streamLike(original: number, count: number): number {
    let known = made.get(original);
    if (!known) {
      known = { stream: streams.allocLike(original, account), pages: 0 };
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

  /** Whether what a link leads to is shared instead; then its new parent holds it too. */
  function holds(link: number, level: number, parent: number): boolean {
    if (which === "all" || link <= 0) return false;
    const counts = level < 0 ? pages.counts : nodes.counts;
    if (counts.holders(link) === 1) return false;
    counts.hold(link, parent);
    return true;
  }

  /** The copy of what a link leads to; level -1 is a page. */
  function copyBelow(link: number, level: number, base: number, parent: number): number {
    if (link === 0 || holds(link, level, parent)) return link;
    if (link < 0) return streamLike(~link, level < 0 ? 1 : streams.clip(~link, base, spanOf(level)));
    if (level < 0) return copyPage(link, parent);
    const node = nodes.alloc(parent);
    const below = spanOf(level - 1);
    for (let slot = 0; slot < FAN; slot++) {
      const child = nodes.link(link, slot);
      if (child !== 0) nodes.setLink(node, slot, copyBelow(child, level - 1, base + slot * below, node));
    }
    // What only the original has is copied, so that as much is the copy's alone.
    nodes.setFigures(node, nodes.mapped(link), which === "all" ? nodes.mapped(link) : nodes.exclusive(link));
    return node;
  }

  handles.setRoot(to, copyBelow(handles.root(from), handles.height(from), 0, ~to));
  for (const [original, { stream, pages: count }] of made) {
    ledger.charge(account, count);
    streams.consume(stream, streams.total(original) - count);
  }
}

/**
 * Charges the pages that only one address space has to another account. Nothing is copied: pages know their accounts, and streams are
 * exchanged for others of the same content.
 */
export function rechargeSpace(
  { handles, nodes, pages, streams, ledger }: Tables,
  handle: number,
  account: number,
): void {
  const made = new Map<number, { readonly stream: number; pages: number }>();

  function move(from: number, count: number): void {
    ledger.charge(from, -count);
    ledger.charge(account, count);
  }

  function streamLike(original: number, count: number): number {
    const from = streams.account(original);
    if (from === account) return ~original;
    let known = made.get(original);
    if (!known) {
      known = { stream: streams.allocLike(original, account), pages: 0 };
      made.set(original, known);
    }
    known.pages += count;
    move(from, count);
    return ~known.stream;
  }

  /** Below a link that only the handle leads to; level -1 is a page. */
  function below(link: number, level: number, base: number): number {
    if (link < 0) return streamLike(~link, level < 0 ? 1 : streams.clip(~link, base, spanOf(level)));
    const counts = level < 0 ? pages.counts : nodes.counts;
    if (link === 0 || counts.holders(link) > 1) return link;
    if (level < 0) {
      move(pages.account(link), 1);
      pages.setAccount(link, account);
      return link;
    }
    const span = spanOf(level - 1);
    for (let slot = 0; slot < FAN; slot++) {
      const child = nodes.link(link, slot);
      const next = below(child, level - 1, base + slot * span);
      if (next !== child) nodes.setLink(link, slot, next);
    }
    return link;
  }

  handles.setRoot(handle, below(handles.root(handle), handles.height(handle), 0));
  handles.setAccount(handle, account);
  for (const [original, { stream, pages: count }] of made) {
    const all = streams.total(original);
    streams.consume(original, count);
    if (all > count) streams.consume(stream, all - count);
  }
}
