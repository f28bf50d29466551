import type { Completions } from "../editor/menu.ts";
import { commonPrefix } from "./common.ts";
import { open, type QuoteStyle, quote } from "./quote.ts";

/** One thing that may stand at the cursor. */
export interface Candidate {
  /** As the command is to get it: quotes are added where they are needed. */
  readonly value: string;
  /** What the list shows, when that is not the value. */
  readonly label?: string;
  /** Nothing is to be added to it: a blank is typed behind it, and its quote is closed. */
  readonly ends?: boolean;
}

/** The word at the cursor, which a candidate takes the place of. */
export interface Word {
  readonly from: number;
  readonly to: number;
  /** Without its quotes. */
  readonly text: string;
  readonly begun: QuoteStyle;
}

/** Turns candidates into text for the line: quoted, with what they have in common. */
export function completionsOf(word: Word, candidates: readonly Candidate[], quoted: boolean): Completions {
  const write = quoted ? quote : (value: string) => value;
  const begin = quoted ? open : (value: string) => value;
  const only = candidates.length === 1;
  const items = candidates.map(({ value, label, ends }) => ({
    text: ends === false ? begin(value, word.begun) : write(value, word.begun) + (only && ends ? " " : ""),
    label: label ?? value,
  }));
  const common = commonPrefix(candidates.map(({ value }) => value));
  // what has the same letters in another case is no news, or Tab would change it to and fro
  const news = common.length > word.text.length;
  return { from: word.from, to: word.to, items, common: news ? begin(common, word.begun) : "" };
}

/** No completions. */
export const nothing: Completions = { from: 0, to: 0, items: [], common: "" };
