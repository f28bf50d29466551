import { isDash, isWord } from "./chars.ts";
import type { Cursor } from "./cursor.ts";

const KEYWORDS = new Set([
  "begin",
  "break",
  "catch",
  "class",
  "clean",
  "configuration",
  "continue",
  "data",
  "do",
  "dynamicparam",
  "else",
  "elseif",
  "end",
  "enum",
  "exit",
  "filter",
  "finally",
  "for",
  "foreach",
  "function",
  "if",
  "in",
  "param",
  "process",
  "return",
  "switch",
  "throw",
  "trap",
  "try",
  "until",
  "using",
  "while",
  "workflow",
]);

/** The keyword at the cursor in lower case, "" when there is none. */
export function keywordAt(cursor: Cursor): string {
  const { text, pos } = cursor;
  let end = pos;
  let code = cursor.peek();
  while ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
    end += 1;
    code = text.charCodeAt(end);
  }
  if (end - pos < 2 || end - pos > 13 || isWord(code) || isDash(code)) return "";
  const word = text.slice(pos, end).toLowerCase();
  return KEYWORDS.has(word) ? word : "";
}

/** Takes the keyword when it is the next word. */
export function acceptKeyword(cursor: Cursor, keyword: string): boolean {
  if (keywordAt(cursor) !== keyword) return false;
  cursor.take(keyword.length, "keyword");
  return true;
}

/** Takes a keyword that may stand on a later line (`else`, `catch`, `while`). */
export function acceptLaterKeyword(cursor: Cursor, keyword: string): boolean {
  const { pos } = cursor;
  const { length } = cursor.tokens;
  cursor.skipLines();
  if (acceptKeyword(cursor, keyword)) return true;
  cursor.pos = pos;
  cursor.tokens.truncate(length);
  return false;
}
