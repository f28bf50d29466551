import { emptyText, type Text } from "./text.ts";

/** Completions on show below the line. The part of the line from `from` on is replaced as one walks through them. */
export interface Menu {
  readonly items: readonly MenuItem[];
  /** The line as it was when the list was opened. */
  readonly line: Text;
  readonly from: number;
  readonly to: number;
  /** The item that stands in the line now; -1 while it is only a list. */
  readonly chosen: number;
}

export interface MenuItem {
  /** What goes into the line, quoted where it must be. */
  readonly text: string;
  /** What the list shows. */
  readonly label: string;
}

/** Ctrl-R: what was typed to look for, and the entry of the history that holds it. */
export interface Search {
  readonly query: string;
  readonly at: number;
  readonly found: boolean;
  /** The line to come back to when the search is given up. */
  readonly line: Text;
}

type Doing = "type" | "kill" | "yank" | "other";

/** All that the editor knows while a line is being typed. A key makes a new one of it; nothing in it changes. */
export interface EditorState {
  readonly line: Text;
  /** What this key does, and what the one before did: two cuts in a row are one. */
  readonly doing: Doing;
  readonly before: Doing;
  /** What was cut, newest first. */
  readonly killed: readonly string[];
  readonly yanked: { readonly from: number; readonly index: number } | undefined;
  /** The line as it was, newest last. */
  readonly undo: readonly Text[];
  /** Which entry of the history is on show; its length stands for the new line. */
  readonly place: number;
  /** The new line and edited entries of the history, by place. */
  readonly drafts: ReadonlyMap<number, string>;
  readonly search: Search | undefined;
  readonly menu: Menu | undefined;
  /** What a bracketed paste has brought so far. */
  readonly paste: string | undefined;
}

/** What the world has to do after a key. */
export type Effect = "none" | "submit" | "leave" | "interrupt" | "clear" | "complete" | "suspend" | "bell";

export interface Step {
  readonly state: EditorState;
  readonly effect: Effect;
}

/** What the editor asks of the language and of the session. */
export interface Rules {
  readonly history: readonly string[];
  /** Whether the text can be run as it stands; else Enter begins another line of it. */
  finished(text: string): boolean;
}

/** A new, empty line; what was cut before can still be pasted. */
export function freshState(rules: Rules, killed: readonly string[] = []): EditorState {
  return {
    line: emptyText,
    doing: "other",
    before: "other",
    killed,
    yanked: undefined,
    undo: [],
    place: rules.history.length,
    drafts: new Map(),
    search: undefined,
    menu: undefined,
    paste: undefined,
  };
}

export type Action = (state: EditorState, rules: Rules) => EditorState | Step;
