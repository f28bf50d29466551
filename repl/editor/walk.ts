import type { EditorState, Rules } from "./state.ts";

/** Shows another entry of the history, keeping what was typed or changed in this one for the way back. */
function show(state: EditorState, rules: Rules, place: number): EditorState {
  const drafts = new Map(state.drafts).set(state.place, state.line.text);
  const text = drafts.get(place) ?? rules.history[place] ?? "";
  return { ...state, place, drafts, line: { text, cursor: text.length } };
}

/** One entry back or forth; the same state when there is none. */
export function walk(state: EditorState, rules: Rules, by: -1 | 1): EditorState {
  const place = state.place + by;
  return place < 0 || place > rules.history.length ? state : show(state, rules, place);
}

/** The first entry of the history, or back to the new line. */
export function walkToEnd(state: EditorState, rules: Rules, by: -1 | 1): EditorState {
  return show(state, rules, by < 0 ? 0 : rules.history.length);
}
