/** A text being edited and where the cursor stands in it (in UTF-16 units, never inside a character). */
export interface Text {
  readonly text: string;
  readonly cursor: number;
}

export const emptyText: Text = { text: "", cursor: 0 };

const graphemes = new Intl.Segmenter();
const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;

/** Where the line that holds `at` begins, and where it ends. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The place one character (as a person sees it: an emoji with its joiners is one) before `at`. */
export function before(text: string, at: number): number {
  if (at <= 0) return 0;
  const start = lineStart(text, at);
  if (start === at) return at - 1;
  return start + (graphemes.segment(text.slice(start, at)).containing(at - start - 1)?.index ?? at - start - 1);
}

/** The place one character after `at`. */
export function after(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const end = lineEnd(text, at);
  if (end === at) return at + 1;
  const first = graphemes.segment(text.slice(at, end)).containing(0);
  return at + (first?.segment.length ?? 1);
}

/** Where the word before `at` begins; where it ends after `at`. A word is letters, digits and `_`, as in Emacs. */
export function wordBefore(text: string, at: number, within = wordCharacter): number {
  let place = at;
  while (place > 0 && !within.test(text.slice(before(text, place), place))) place = before(text, place);
  while (place > 0 && within.test(text.slice(before(text, place), place))) place = before(text, place);
  return place;
}

export function wordAfter(text: string, at: number): number {
  let place = at;
  while (place < text.length && !wordCharacter.test(text.slice(place, after(text, place)))) place = after(text, place);
  while (place < text.length && wordCharacter.test(text.slice(place, after(text, place)))) place = after(text, place);
  return place;
}

/** Where what blanks set apart begins before `at`: what Ctrl-W takes. */
export const blankBefore = (text: string, at: number): number => wordBefore(text, at, /\S/);

/** `from` to `to` replaced by `by`, the cursor behind it. */
export function replace({ text }: Text, from: number, to: number, by: string): Text {
  return { text: text.slice(0, from) + by + text.slice(to), cursor: from + by.length };
}

export const insert = (line: Text, by: string): Text => replace(line, line.cursor, line.cursor, by);

export const moveTo = ({ text }: Text, cursor: number): Text => ({ text, cursor });

/** The place above or below the cursor in a text of several lines; `undefined` on the first or last of them. */
export function vertical({ text, cursor }: Text, by: -1 | 1): number | undefined {
  const start = lineStart(text, cursor);
  const end = lineEnd(text, cursor);
  if (by < 0 ? start === 0 : end === text.length) return undefined;
  const target = by < 0 ? lineStart(text, start - 1) : end + 1;
  const limit = lineEnd(text, target);
  let place = target;
  for (let left = charactersIn(text.slice(start, cursor)); left > 0 && place < limit; left--)
    place = after(text, place);
  return place;
}

function charactersIn(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** Swaps the two characters around the cursor, or the last two at the end of a line. */
export function transpose(line: Text): Text {
  const { text } = line;
  const end = lineEnd(text, line.cursor);
  const middle = line.cursor === end ? before(text, line.cursor) : line.cursor;
  const from = before(text, middle);
  const to = after(text, middle);
  if (from < lineStart(text, line.cursor) || from === middle || to > end || to === middle) return line;
  return replace(line, from, to, text.slice(middle, to) + text.slice(from, middle));
}
