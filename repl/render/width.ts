import { createRequire } from "node:module";

/** How wide text is on a terminal, and cutting it by that width rather than by its number of characters. */

const ascii = /^[\x20-\x7e]*$/;
// Letters of one column each, and the ellipsis: most text of most tables, for which segmenting would be a waste.
const narrow = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f\u2026]*$/;
const graphemes = new Intl.Segmenter();
const load = createRequire(import.meta.url);
let measure: ((text: string) => number) | undefined;

/**
 * string-width, from when text is first not plain ASCII: what it prepares (the set of all emoji) takes a third of the time
 * in which the program starts.
 */
function stringWidth(text: string): number {
  if (measure === undefined) {
    const library: typeof import("string-width") = load("string-width");
    measure = library.default;
  }
  return measure(text);
}

/** Columns `text` takes on a terminal: 2 for wide characters and emoji, 0 for combining marks. */
export function width(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** The longest start of `text` that fits in `columns`, never half a character. */
export function head(text: string, columns: number): string {
  if (ascii.test(text)) return text.slice(0, Math.max(0, columns));
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The longest end of `text` that fits in `columns`. */
export function tail(text: string, columns: number): string {
  if (ascii.test(text)) return columns <= 0 ? "" : text.slice(-columns);
  const parts = [...graphemes.segment(text)];
  let used = 0;
  let start = text.length;
  for (const { segment, index } of parts.reverse()) {
    used += stringWidth(segment);
    if (used > columns) break;
    start = index;
  }
  return text.slice(start);
}

export type Align = "left" | "right" | "center";

/** `text` cut to `columns` with `…`; right-aligned text keeps its end, as PowerShell does. */
export function cut(text: string, columns: number, align: Align = "left"): string {
  if (width(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  return align === "right" ? `…${tail(text, columns - 1)}` : `${head(text, columns - 1)}…`;
}

/** `text` filled with spaces to `columns` on the side that `align` asks for. */
export function pad(text: string, columns: number, align: Align = "left"): string {
  const missing = columns - width(text);
  if (missing <= 0) return text;
  if (align === "left") return text + " ".repeat(missing);
  if (align === "right") return " ".repeat(missing) + text;
  const before = missing >> 1;
  return " ".repeat(before) + text + " ".repeat(missing - before);
}

/** `text` broken into lines of at most `columns`, at spaces where there are any; one pass whatever the length. */
export function wrap(text: string, columns: number): string[] {
  const limit = Math.max(1, columns);
  const lines: string[] = [];
  let start = 0;
  let used = 0;
  let space = -1;
  let sinceSpace = 0;
  const pieces = ascii.test(text) ? letters(text) : graphemes.segment(text);
  for (const { segment, index } of pieces) {
    const wide = width(segment);
    if (used > 0 && used + wide > limit) {
      const at = segment === " " ? index : space > start ? space : index;
      lines.push(text.slice(start, at));
      start = at === index && segment !== " " ? index : at + 1;
      used = at === index ? 0 : sinceSpace;
      space = -1;
      if (segment === " " && at === index) continue;
    }
    if (segment === " ") {
      space = index;
      sinceSpace = 0;
    } else sinceSpace += wide;
    used += wide;
  }
  lines.push(text.slice(start));
  return lines;
}

function* letters(text: string): Generator<{ segment: string; index: number }> {
  for (let index = 0; index < text.length; index++) yield { segment: text.charAt(index), index };
}
