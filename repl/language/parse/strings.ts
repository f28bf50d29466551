import type { ExpandableNode, Expression, StringNode } from "../ast/expressions.ts";
import { isBlank, isDoubleQuote, isNewline, isSingleQuote } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseEscape } from "./escapes.ts";
import { parseSubexpression } from "./groups.ts";
import { parseVariable, variableStarts } from "./variables.ts";

const DOLLAR = 36;
const BACKTICK = 96;
const AT = 64;

/** Gathers the pieces of an expandable text. */
export class Pieces {
  readonly parts: (string | Expression)[] = [];
  private chunk = "";

  add(text: string): void {
    this.chunk += text;
  }

  expand(expression: Expression): void {
    if (this.chunk !== "") this.parts.push(this.chunk);
    this.chunk = "";
    this.parts.push(expression);
  }

  finish(start: number, end: number, bare: boolean): StringNode | ExpandableNode {
    if (this.parts.length === 0) return { kind: "String", value: this.chunk, bare, start, end };
    if (this.chunk !== "") this.parts.push(this.chunk);
    return { kind: "Expandable", parts: this.parts, bare, start, end };
  }
}

/** `'...'`: a doubled quote stands for one. */
export function parseSingleQuoted(cursor: Cursor): StringNode {
  const start = cursor.pos;
  const value = singleQuotedText(cursor);
  cursor.token("string", start);
  return { kind: "String", value, bare: false, start, end: cursor.pos };
}

export function singleQuotedText(cursor: Cursor): string {
  const { text, pos: start } = cursor;
  let value = "";
  let from = start + 1;
  for (cursor.pos = from; ; cursor.pos += 1) {
    const code = cursor.peek();
    if (code < 0) {
      cursor.problem("TerminatorExpectedAtEndOfString", "The string is missing the terminator: '.", start);
      return value + text.slice(from);
    }
    if (!isSingleQuote(code)) continue;
    value += text.slice(from, cursor.pos);
    if (!isSingleQuote(cursor.peek(1))) break;
    cursor.pos += 1;
    from = cursor.pos;
  }
  cursor.pos += 1;
  return value;
}

/** `"..."` with what is expanded in it. */
export function parseDoubleQuoted(cursor: Cursor): StringNode | ExpandableNode {
  const start = cursor.pos;
  const pieces = new Pieces();
  const from = doubleQuotedInto(cursor, pieces);
  cursor.token("string", from);
  return pieces.finish(start, cursor.pos, false);
}

/** Reads a double-quoted text into pieces; where its last run of plain characters started. */
export function doubleQuotedInto(cursor: Cursor, pieces: Pieces): number {
  const start = cursor.pos;
  let token = start;
  cursor.pos += 1;
  for (;;) {
    const code = plainRun(cursor, pieces);
    if (code < 0) {
      cursor.problem("TerminatorExpectedAtEndOfString", 'The string is missing the terminator: ".', start);
      return token;
    }
    if (isDoubleQuote(code)) {
      cursor.pos += 1;
      if (!isDoubleQuote(cursor.peek())) return token;
      pieces.add(cursor.text.charAt(cursor.pos));
      cursor.pos += 1;
    } else token = special(cursor, pieces, code, token);
  }
}

/** Takes characters up to a quote, a backtick, a dollar or (in a here-string) a line end. */
function plainRun(cursor: Cursor, pieces: Pieces, lines = false): number {
  const start = cursor.pos;
  let code = cursor.peek();
  while (
    code >= 0 &&
    code !== DOLLAR &&
    code !== BACKTICK &&
    (lines ? code !== 10 && code !== 13 : !isDoubleQuote(code))
  ) {
    cursor.pos += 1;
    code = cursor.peek();
  }
  if (cursor.pos > start) pieces.add(cursor.text.slice(start, cursor.pos));
  return code;
}

/** An escape or something to expand; where the run of string characters after it starts. */
function special(cursor: Cursor, pieces: Pieces, code: number, token: number): number {
  if (code === BACKTICK) {
    pieces.add(parseEscape(cursor));
    return token;
  }
  const expanded = parseExpanded(cursor, token);
  if (expanded === undefined) {
    pieces.add("$");
    cursor.pos += 1;
    return token;
  }
  pieces.expand(expanded);
  return cursor.pos;
}

/** `$name` or `$( ... )` inside a text; undefined when the dollar stands for itself. */
export function parseExpanded(cursor: Cursor, token: number): Expression | undefined {
  if (cursor.peek(1) === 40) {
    cursor.token("string", token);
    return parseSubexpression(cursor);
  }
  if (!variableStarts(cursor)) return undefined;
  cursor.token("string", token);
  return parseVariable(cursor, true);
}

/** True at `@'` or `@"` with nothing but blanks after it on the line. */
export function hereStringStarts(cursor: Cursor): boolean {
  const quote = cursor.peek(1);
  return cursor.peek() === AT && (isSingleQuote(quote) || isDoubleQuote(quote));
}

/** `@" ... "@` and `@' ... '@`; the first and the last line end do not count. */
export function parseHereString(cursor: Cursor): StringNode | ExpandableNode {
  const start = cursor.pos;
  const isEnd = isSingleQuote(cursor.peek(1)) ? isSingleQuote : isDoubleQuote;
  cursor.pos += 2;
  while (isBlank(cursor.peek())) cursor.pos += 1;
  if (!isNewline(cursor.peek())) {
    const at = cursor.pos;
    if (!cursor.atEnd) {
      cursor.problem(
        "UnexpectedCharactersAfterHereStringHeader",
        "No characters are allowed after a here-string header but before the end of the line.",
        at,
      );
    } else cursor.problem("TerminatorExpectedAtEndOfString", "The here-string is not closed.", start);
    while (!cursor.atEnd && !isNewline(cursor.peek())) cursor.pos += 1;
  }
  const pieces = new Pieces();
  const token = hereLines(cursor, pieces, isEnd, isEnd === isDoubleQuote, start);
  cursor.token("string", token);
  return pieces.finish(start, cursor.pos, false);
}

function hereLines(
  cursor: Cursor,
  pieces: Pieces,
  isEnd: (code: number) => boolean,
  expands: boolean,
  start: number,
): number {
  let token = start;
  for (let first = true; ; first = false) {
    const from = cursor.pos;
    cursor.pos += cursor.peek() === 13 && cursor.peek(1) === 10 ? 2 : 1;
    if (isEnd(cursor.peek()) && cursor.peek(1) === AT) {
      cursor.pos += 2;
      return token;
    }
    if (!first) pieces.add(cursor.text.slice(from, cursor.pos));
    for (let code = hereRun(cursor, pieces, expands); code >= 0 && !isNewline(code); ) {
      token = special(cursor, pieces, code, token);
      code = hereRun(cursor, pieces, expands);
    }
    if (cursor.atEnd) {
      cursor.pos = cursor.text.length;
      cursor.problem("TerminatorExpectedAtEndOfString", 'The string is missing the terminator: "@.', start);
      return token;
    }
  }
}

function hereRun(cursor: Cursor, pieces: Pieces, expands: boolean): number {
  if (expands) return plainRun(cursor, pieces, true);
  const start = cursor.pos;
  while (!cursor.atEnd && !isNewline(cursor.peek())) cursor.pos += 1;
  pieces.add(cursor.text.slice(start, cursor.pos));
  return cursor.peek();
}
