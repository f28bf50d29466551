import { bindings } from "./bindings.ts";
import type { Key } from "./keys.ts";
import { searchStep } from "./search.ts";
import type { EditorState, Rules, Step } from "./state.ts";
import { insert } from "./text.ts";

const undoDepth = 200;

/** The keys that walk through an open list; any other closes it. */
const menuKeys: ReadonlySet<string> = new Set(["tab", "shift-tab"]);

/**
 * What a key makes of the state, and what is to be done besides. Pure: the terminal, the history file and completion
 * are the business of whoever calls.
 *
 * @example
 * ```ts
 * const rules = { history: ["Get-VM"], finished: () => true };
 * step(freshState(rules), { name: "up", text: "" }, rules).state.line.text; // "Get-VM"
 * ```
 */
export function step(state: EditorState, key: Key, rules: Rules): Step {
  if (key.name === "paste-start") return { state: { ...state, paste: "" }, effect: "none" };
  if (state.paste !== undefined) return pasteStep(state, state.paste, key);
  if (state.search !== undefined) {
    const searched = searchStep(state, state.search, key, rules);
    if (searched !== undefined) return searched;
    return step({ ...state, search: undefined }, key, rules);
  }
  const open = state.menu !== undefined && !menuKeys.has(key.name) ? { ...state, menu: undefined } : state;
  if (key.name === "text") return typeText(open, key.text);
  // Escape closes the list; keys without a meaning do nothing
  const action = Object.hasOwn(bindings, key.name) ? bindings[key.name] : undefined;
  if (action === undefined) return { state: open, effect: "none" };
  const done = action({ ...open, before: open.doing, doing: "other" }, rules);
  const next = "effect" in done ? done : { state: done, effect: "none" as const };
  return { ...next, state: remember(state, next.state, key.name) };
}

function typeText(state: EditorState, text: string): Step {
  const line = insert(state.line, text);
  // words are undone one by one, not characters
  const undo = state.doing === "type" && text !== " " ? state.undo : [...state.undo, state.line].slice(-undoDepth);
  return { state: { ...state, line, undo, doing: "type" }, effect: "none" };
}

/** Keeps the line as it was before a key changed it. */
function remember(before: EditorState, after: EditorState, name: string): EditorState {
  const changed = before.line.text !== after.line.text && before.place === after.place && name !== "ctrl-_";
  return changed ? { ...after, undo: [...before.undo, before.line].slice(-undoDepth) } : after;
}

/** Within a paste nothing is a command: text is collected and put in the line at its end, for the user to look at. */
function pasteStep(state: EditorState, paste: string, key: Key): Step {
  if (key.name !== "paste-end") return { state: { ...state, paste: paste + key.text }, effect: "none" };
  const text = paste.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const search = undefined;
  return typeText({ ...state, paste: undefined, search, menu: undefined, doing: "other" }, text);
}
