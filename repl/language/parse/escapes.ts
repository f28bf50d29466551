import { isNewline } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A backtick and what it escapes, as text; the cursor is at the backtick. */
export function parseEscape(cursor: Cursor): string {
  cursor.pos += 1;
  const character = cursor.text.charAt(cursor.pos);
  if (character === "") return "`";
  if (character === "u" && cursor.peek(1) === 123) return codePoint(cursor);
  cursor.pos += 1;
  if (character === "\r" && cursor.peek() === 10) cursor.pos += 1;
  if (isNewline(character.charCodeAt(0))) return "\n";
  return ESCAPES[character] ?? character;
}

/** `` `u{1F600} `` */
function codePoint(cursor: Cursor): string {
  const digits = /^u\{([0-9a-f]{1,6})\}/i.exec(cursor.text.slice(cursor.pos, cursor.pos + 10));
  const value = digits?.[1] === undefined ? Number.NaN : Number.parseInt(digits[1], 16);
  if (digits === null || value > 0x10ffff) {
    cursor.problem(
      "InvalidUnicodeEscapeSequence",
      "The Unicode escape sequence is not valid: `u{ and one to six hexadecimal digits and }.",
    );
    cursor.pos += 1;
    return "u";
  }
  cursor.pos += digits[0].length;
  return String.fromCodePoint(value);
}
