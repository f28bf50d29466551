import type { Key } from "./keys.ts";
import type { EditorState, Rules, Search, Step } from "./state.ts";
import { before } from "./text.ts";

/** The newest entry at or before `from` that holds the query, in any case. */
function find(query: string, rules: Rules, from: number): number | undefined {
  const wanted = query.toLowerCase();
  for (let at = Math.min(from, rules.history.length - 1); at >= 0; at--) {
    if (rules.history[at]?.toLowerCase().includes(wanted)) return at;
  }
  return undefined;
}

function look(state: EditorState, search: Search, rules: Rules, from: number): EditorState {
  const at = search.query === "" ? undefined : find(search.query, rules, from);
  if (at === undefined) return { ...state, search: { ...search, found: search.query === "" } };
  const text = rules.history[at] ?? "";
  const cursor = text.toLowerCase().indexOf(search.query.toLowerCase());
  return { ...state, line: { text, cursor }, place: at, search: { ...search, at, found: true } };
}

/** Begins to look back through the history (Ctrl-R). */
export function beginSearch(state: EditorState, rules: Rules): EditorState {
  const drafts = new Map(state.drafts).set(state.place, state.line.text);
  return { ...state, drafts, search: { query: "", at: rules.history.length, found: true, line: state.line } };
}

/**
 * A key during the search: characters narrow it, Ctrl-R goes on to older entries, Ctrl-G and Ctrl-C give up; any other
 * key keeps what was found and then does what it does, for which `undefined` stands.
 */
export function searchStep(state: EditorState, search: Search, key: Key, rules: Rules): Step | undefined {
  const none = (next: EditorState): Step => ({ state: next, effect: "none" });
  switch (key.name) {
    case "text":
      return none(look(state, { ...search, query: search.query + key.text }, rules, search.at));
    case "backspace": {
      const query = search.query.slice(0, before(search.query, search.query.length));
      const line = query === "" ? search.line : state.line;
      return none(look({ ...state, line }, { ...search, query }, rules, rules.history.length));
    }
    case "ctrl-r":
      return none(look(state, search, rules, search.at - 1));
    case "ctrl-g":
    case "ctrl-c":
      return none({ ...state, line: search.line, place: rules.history.length, search: undefined });
    default:
      return undefined;
  }
}
