import type { Expression } from "../ast/expressions.ts";
import type { TokenKind } from "../ast/script.ts";
import { isBreak, isDoubleQuote, isSingleQuote } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseEscape } from "./escapes.ts";
import { doubleQuotedInto, Pieces, parseExpanded, singleQuotedText } from "./strings.ts";

/** A bare word of a command line: `web-*`, `C:\logs\$name.txt`, `a"b c"d`. */
export function parseWord(cursor: Cursor, kind: TokenKind = "argument"): Expression {
  const start = cursor.pos;
  const simple = simpleWordEnd(cursor);
  if (simple > start) {
    cursor.pos = simple;
    cursor.token(kind, start);
    return { kind: "String", value: cursor.text.slice(start, simple), bare: true, start, end: simple };
  }
  const pieces = new Pieces();
  let token = start;
  while (!isBreak(cursor.peek())) {
    const code = cursor.peek();
    const from = cursor.pos;
    if (code === 96) pieces.add(parseEscape(cursor));
    else if (isSingleQuote(code)) pieces.add(singleQuotedText(cursor));
    else if (isDoubleQuote(code)) token = Math.max(token, movedToken(cursor, pieces, from));
    else if (code === 36) {
      const expanded = parseExpanded(cursor, token);
      if (expanded === undefined) {
        pieces.add("$");
        cursor.pos += 1;
      } else {
        pieces.expand(expanded);
        token = cursor.pos;
      }
    } else {
      pieces.add(cursor.text.charAt(cursor.pos));
      cursor.pos += 1;
    }
  }
  cursor.token(kind, token);
  return pieces.finish(start, cursor.pos, true);
}

/** Where a word without quotes, escapes and variables ends; its start when it has any of them. */
function simpleWordEnd(cursor: Cursor): number {
  const { text, pos } = cursor;
  for (let end = pos; ; end += 1) {
    const code = end < text.length ? text.charCodeAt(end) : -1;
    if (isBreak(code)) return end;
    if (code === 96 || code === 36 || isSingleQuote(code) || isDoubleQuote(code)) return pos;
  }
}

/** Reads the quoted part of a word; where plain text goes on when variables inside ended the token before. */
function movedToken(cursor: Cursor, pieces: Pieces, from: number): number {
  const token = doubleQuotedInto(cursor, pieces);
  return token === from ? -1 : token;
}
