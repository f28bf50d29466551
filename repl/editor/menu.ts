import type { EditorState, Menu, MenuItem } from "./state.ts";
import { replace } from "./text.ts";

/** What completion found for the line: what may stand between `from` and `to`. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly items: readonly MenuItem[];
  /** What all of them begin with, ready to be put in the line; empty when that is not longer than what is there. */
  readonly common: string;
}

/**
 * Puts completions to use: the only one goes into the line, what several have in common does too, and when that brings
 * nothing new they are listed. `undefined` when there are none.
 */
export function offer(state: EditorState, found: Completions): EditorState | undefined {
  const [only] = found.items;
  if (only === undefined) return undefined;
  const put = (text: string): EditorState => ({ ...state, line: replace(state.line, found.from, found.to, text) });
  if (found.items.length === 1) return { ...put(only.text), menu: undefined };
  if (found.common !== "") return { ...put(found.common), menu: undefined };
  return { ...state, menu: { items: found.items, line: state.line, from: found.from, to: found.to, chosen: -1 } };
}

/** Tab and Shift-Tab on an open list: each item in turn stands in the line. */
export function choose(state: EditorState, menu: Menu, by: -1 | 1): EditorState {
  const count = menu.items.length;
  const chosen = menu.chosen < 0 && by < 0 ? count - 1 : (menu.chosen + by + count) % count;
  const item = menu.items[chosen];
  if (item === undefined) return state;
  return { ...state, line: replace(menu.line, menu.from, menu.to, item.text), menu: { ...menu, chosen } };
}
