import type { Statement } from "../ast/statements.ts";
import { isBreak, isQuote } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseArgument } from "./arguments.ts";
import { parseDoubleQuoted, parseSingleQuoted } from "./strings.ts";
import { parseWord } from "./words.ts";

const DECLARATION =
  /(class|enum|interface|workflow|configuration)[ \t]+[\p{L}_][\w-]*[^\n;{]*\s*\{|(data)(?:[ \t]+[\w-]+)?[^\n;{|]*\{/iuy;

/** True at a `class`, `enum`, `workflow`, `configuration` or `data` with its body. */
export function unsupportedStarts(cursor: Cursor): boolean {
  const code = cursor.peek() | 32;
  // c, d, e, i, w
  if (code !== 99 && code !== 100 && code !== 101 && code !== 105 && code !== 119) return false;
  DECLARATION.lastIndex = cursor.pos;
  return DECLARATION.test(cursor.text);
}

/** Reads such a construct up to its closing brace. */
export function parseUnsupported(cursor: Cursor): Statement {
  const start = cursor.pos;
  DECLARATION.lastIndex = start;
  const match = DECLARATION.exec(cursor.text);
  const what = (match?.[1] ?? match?.[2] ?? "").toLowerCase();
  cursor.take(what.length, "keyword");
  const header = cursor.pos;
  cursor.pos = start + (match?.[0].length ?? 1) - 1;
  cursor.token("argument", header);
  skipBraces(cursor);
  return { kind: "Unsupported", what, start, end: cursor.pos };
}

/** From one brace to the one that closes it; strings and comments between do not count. */
function skipBraces(cursor: Cursor): void {
  const start = cursor.pos;
  let depth = 0;
  while (!cursor.atEnd) {
    cursor.skipLines();
    const code = cursor.peek();
    if (isQuote(code)) {
      if (code === 39 || (code >= 0x2018 && code <= 0x201b)) parseSingleQuoted(cursor);
      else parseDoubleQuoted(cursor);
      continue;
    }
    if (cursor.atEnd) break;
    cursor.take(1, "punctuation");
    if (code === 123) depth += 1;
    else if (code === 125) depth -= 1;
    if (depth === 0) return;
  }
  cursor.problem(
    "MissingEndCurlyBrace",
    "Missing closing '}' in statement block or type definition.",
    cursor.pos || start,
  );
}

/** `using module X`, `using namespace Y`, `using assembly Z` */
export function parseUsing(cursor: Cursor): Statement {
  const start = cursor.pos;
  cursor.take(5, "keyword");
  cursor.skipBlanks();
  const what = wordOf(cursor);
  cursor.skipBlanks();
  const name = wordOf(cursor);
  if (name === "") cursor.problem("MissingNameAfterUsing", "A name is missing after 'using'.");
  return { kind: "Using", what, name, start, end: cursor.pos };
}

function wordOf(cursor: Cursor): string {
  if (isBreak(cursor.peek())) return cursor.peek() === 64 ? valueText(cursor) : "";
  const word = cursor.peek() === 64 ? undefined : parseWord(cursor);
  if (word === undefined) return valueText(cursor);
  return word.kind === "String" ? word.value : "";
}

function valueText(cursor: Cursor): string {
  const { pos } = cursor;
  parseArgument(cursor);
  return cursor.text.slice(pos, cursor.pos);
}
