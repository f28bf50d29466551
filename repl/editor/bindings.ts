import { killTo, yank, yankOlder } from "./kill.ts";
import { choose } from "./menu.ts";
import { beginSearch } from "./search.ts";
import type { Action, EditorState, Effect } from "./state.ts";
import {
  after,
  before,
  blankBefore,
  insert,
  lineEnd,
  lineStart,
  moveTo,
  replace,
  transpose,
  vertical,
  wordAfter,
  wordBefore,
} from "./text.ts";
import { walk, walkToEnd } from "./walk.ts";

type Place = (text: string, cursor: number) => number;

const move =
  (place: Place): Action =>
  (state) => ({ ...state, line: moveTo(state.line, place(state.line.text, state.line.cursor)) });

const kill =
  (place: Place): Action =>
  (state) =>
    killTo(state, place(state.line.text, state.line.cursor));

const erase =
  (place: Place): Action =>
  (state) => {
    const { line } = state;
    const end = place(line.text, line.cursor);
    return { ...state, line: replace(line, Math.min(line.cursor, end), Math.max(line.cursor, end), "") };
  };

const effect =
  (name: Effect): Action =>
  (state) => ({ state, effect: name });

const lineOrHistory =
  (by: -1 | 1): Action =>
  (state, rules) => {
    const cursor = vertical(state.line, by);
    return cursor === undefined ? walk(state, rules, by) : { ...state, line: moveTo(state.line, cursor) };
  };

/** Ctrl-K takes the rest of the line; at its end the line break, as in Emacs. */
const restOfLine: Place = (text, at) => (lineEnd(text, at) === at ? after(text, at) : lineEnd(text, at));

const newline: Action = (state) => ({ ...state, line: insert(state.line, "\n") });

const enter: Action = (state, rules) =>
  rules.finished(state.line.text) ? { state, effect: "submit" } : newline(state, rules);

const complete =
  (by: -1 | 1): Action =>
  (state) =>
    state.menu === undefined ? { state, effect: "complete" } : choose(state, state.menu, by);

/** Ctrl-D leaves from an empty line; else it deletes the character under the cursor. */
const deleteOrLeave: Action = (state, rules) =>
  state.line.text === "" ? { state, effect: "leave" } : erase(after)(state, rules);

const undo: Action = (state: EditorState) => {
  const line = state.undo.at(-1);
  return line === undefined ? { state, effect: "bell" } : { ...state, line, undo: state.undo.slice(0, -1) };
};

/** What each key does: Emacs' keys, as everywhere on the command line. */
export const bindings: Readonly<Record<string, Action>> = {
  enter,
  "alt-enter": newline,
  "shift-enter": newline,
  tab: complete(1),
  "shift-tab": complete(-1),
  left: move(before),
  "ctrl-b": move(before),
  right: move(after),
  "ctrl-f": move(after),
  "alt-b": move(wordBefore),
  "ctrl-left": move(wordBefore),
  "alt-left": move(wordBefore),
  "alt-f": move(wordAfter),
  "ctrl-right": move(wordAfter),
  "alt-right": move(wordAfter),
  home: move(lineStart),
  "ctrl-a": move(lineStart),
  end: move(lineEnd),
  "ctrl-e": move(lineEnd),
  backspace: erase(before),
  delete: erase(after),
  "ctrl-d": deleteOrLeave,
  "ctrl-k": kill(restOfLine),
  "ctrl-u": kill(lineStart),
  "ctrl-w": kill(blankBefore),
  "alt-backspace": kill(wordBefore),
  "ctrl-backspace": kill(wordBefore),
  "alt-d": kill(wordAfter),
  "ctrl-delete": kill(wordAfter),
  "ctrl-y": yank,
  "alt-y": yankOlder,
  "ctrl-t": (state) => ({ ...state, line: transpose(state.line) }),
  "ctrl-_": undo,
  up: lineOrHistory(-1),
  down: lineOrHistory(1),
  "ctrl-p": lineOrHistory(-1),
  "ctrl-n": lineOrHistory(1),
  "alt-<": (state, rules) => walkToEnd(state, rules, -1),
  "alt->": (state, rules) => walkToEnd(state, rules, 1),
  "ctrl-r": beginSearch,
  "ctrl-l": effect("clear"),
  "ctrl-c": effect("interrupt"),
  "ctrl-z": effect("suspend"),
};
