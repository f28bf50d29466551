import type { EditorState } from "./state.ts";
import { insert, replace } from "./text.ts";

const remembered = 30;

/** Cuts from the cursor to `end` (before or behind it). Cuts in a row are one, so that Ctrl-Y brings all of it back. */
export function killTo(state: EditorState, end: number): EditorState {
  const { line, killed } = state;
  const from = Math.min(line.cursor, end);
  const to = Math.max(line.cursor, end);
  if (from === to) return state;
  const cut = line.text.slice(from, to);
  const [newest = "", ...older] = killed;
  const entries =
    state.before !== "kill" ? [cut, ...killed] : [end < line.cursor ? cut + newest : newest + cut, ...older];
  return { ...state, line: replace(line, from, to, ""), killed: entries.slice(0, remembered), doing: "kill" };
}

/** Pastes what was cut last. */
export function yank(state: EditorState): EditorState {
  const [newest] = state.killed;
  if (newest === undefined) return state;
  return {
    ...state,
    line: insert(state.line, newest),
    yanked: { from: state.line.cursor, index: 0 },
    doing: "yank",
  };
}

/** After a paste: puts what was cut before that in its place. */
export function yankOlder(state: EditorState): EditorState {
  const { yanked, killed, line } = state;
  if (state.before !== "yank" || yanked === undefined) return state;
  const index = (yanked.index + 1) % killed.length;
  return {
    ...state,
    line: replace(line, yanked.from, line.cursor, killed[index] ?? ""),
    yanked: { from: yanked.from, index },
    doing: "yank",
  };
}
