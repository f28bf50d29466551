import { FAN, spanOf } from "./geometry.ts";
import type { Tables } from "./tables.ts";

/** How many of the pages from `first` up to `end` a handle has to itself, so that writing them allocates nothing. */
export function ownedPages(tables: Tables, handle: number, first: number, end: number): number {
  const { handles, nodes, pages, streams } = tables;

  /** Whole subtrees are answered from their figures, so this goes down along the two ends of the range only. */
  function below(link: number, level: number, base: number): number {
    if (link === 0 || base >= end || base + spanOf(level) <= first) return 0;
    if (link < 0) {
      const start = Math.max(first, base);
      return streams.clip(~link, start, Math.min(end, base + spanOf(level)) - start);
    }
    const counts = level < 0 ? pages.counts : nodes.counts;
    if (counts.holders(link) > 1) return 0;
    if (level < 0) return 1;
    if (base >= first && base + spanOf(level) <= end) return nodes.exclusive(link);
    let owned = 0;
    for (let slot = 0; slot < FAN; slot++)
      owned += below(nodes.link(link, slot), level - 1, base + slot * spanOf(level - 1));
    return owned;
  }

  return below(handles.root(handle), handles.height(handle), 0);
}
