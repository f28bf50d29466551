import { stripVTControlCharacters } from "node:util";
import { visible } from "../render/safe.ts";
import { width } from "../render/width.ts";
import { type Row, Rows } from "./rows.ts";

/** A part of a text and the SGR parameters it is shown with, such as `36` or `1;31`. */
export interface Style {
  readonly from: number;
  readonly to: number;
  readonly sgr: string;
}

/** What there is to show: `prompt` stands before the first line of the text, `more` before the others. */
export interface View {
  readonly prompt: string;
  readonly more: string;
  readonly text: string;
  readonly cursor: number;
  /** In order and not overlapping. */
  readonly styles: readonly Style[];
  /** Lines below the text, each no longer than a row. */
  readonly below: readonly string[];
  readonly columns: number;
}

/** The text as rows of a terminal, and where among them the cursor stands. */
export interface Frame {
  readonly rows: readonly Row[];
  readonly row: number;
  readonly column: number;
}

const graphemes = new Intl.Segmenter();
const plain = /^[\x20-\x7e\n]*$/;
const tabStop = 4;

function* characters(text: string): Generator<{ segment: string; index: number }> {
  if (!plain.test(text)) yield* graphemes.segment(text);
  else for (let index = 0; index < text.length; index++) yield { segment: text.charAt(index), index };
}

/** What a character is shown as: a tab as blanks, and a control character as a sign, never as it is. */
function cells(segment: string, column: number): readonly string[] {
  if (segment === "\t") return Array<string>(tabStop - (column % tabStop)).fill(" ");
  const shown = visible(segment);
  return shown === segment ? [segment] : Array.from(shown);
}

/** Lays a text out on a terminal's rows: wide characters, tabs, lines longer than the terminal, styles. */
export function layOut({ prompt, more, text, cursor, styles, below, columns }: View): Frame {
  const rows = new Rows(Math.max(2, columns));
  let at: { readonly row: number; readonly column: number } | undefined;
  let next = 0;
  const styleAt = (index: number): string => {
    while ((styles[next]?.to ?? Number.POSITIVE_INFINITY) <= index) next++;
    const style = styles[next];
    return style !== undefined && style.from <= index ? style.sgr : "";
  };
  const put = (segment: string, sgr: string, isCursor: boolean) => {
    for (const [part, cell] of cells(segment, rows.column).entries()) {
      rows.reserve(width(cell));
      if (isCursor && part === 0) at = { row: rows.row, column: rows.column };
      rows.put(cell, width(cell), sgr);
    }
  };
  for (const { segment } of characters(prompt)) put(segment, "", false);
  for (const { segment, index } of characters(text)) {
    const isCursor = at === undefined && index >= cursor;
    if (segment !== "\n" && segment !== "\r\n") {
      put(segment, styleAt(index), isCursor);
      continue;
    }
    if (isCursor) at = { row: rows.row, column: Math.min(rows.column, columns - 1) };
    rows.newline();
    for (const { segment: part } of characters(more)) put(part, "", false);
  }
  if (at === undefined && rows.full) rows.newline();
  at ??= { row: rows.row, column: rows.column };
  rows.newline();
  return {
    rows: [
      ...rows.done,
      ...below.map((line) => ({ text: line, width: width(stripVTControlCharacters(line)), wraps: false })),
    ],
    ...at,
  };
}
