import { PAGE_SIZE } from "./geometry.ts";
import type { Tables } from "./tables.ts";

/** How much of an address space there is and how much of that is its own. */
export interface Figures {
  /** In bytes. */
  readonly size: number;
  /** Pages that are not all zero. */
  readonly mapped: number;
  /** Pages of those that no other address space shares. */
  readonly private: number;
  /** The others: `mapped - private`. */
  readonly shared: number;
}

/** What the root of a tree knows is what there is to know. */
export function figuresOf({ handles, nodes }: Tables, handle: number): Figures {
  const size = handles.pages(handle) * PAGE_SIZE;
  const root = handles.root(handle);
  if (root === 0) return { size, mapped: 0, private: 0, shared: 0 };
  const mapped = nodes.mapped(root);
  const own = nodes.counts.holders(root) === 1 ? nodes.exclusive(root) : 0;
  return { size, mapped, private: own, shared: mapped - own };
}
