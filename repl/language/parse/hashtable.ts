import type { Expression, HashNode, HashPair } from "../ast/expressions.ts";
import { isWord } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseUnary } from "./expression.ts";
import { expectClose } from "./groups.ts";
import { parseStatement } from "./statements.ts";

const EQUALS = 61;
const SEMICOLON = 59;
const CLOSE_BRACE = 125;
const BARE_KEY = /[\p{L}_][\p{L}\p{Nd}_-]*(?=[ \t]*=)/uy;

/** `@{ key = value; ... }`, pairs on lines of their own or separated by `;`. */
export function parseHash(cursor: Cursor): HashNode {
  const start = cursor.pos;
  cursor.take(2, "punctuation");
  const pairs = cursor.nested(parsePairs);
  expectClose(
    cursor,
    CLOSE_BRACE,
    "MissingEndCurlyBrace",
    "The hash literal was incomplete: the closing '}' is missing.",
  );
  return { kind: "Hash", pairs, start, end: cursor.pos };
}

function parsePairs(cursor: Cursor): HashPair[] {
  const pairs: HashPair[] = [];
  for (;;) {
    cursor.skipLines();
    while (cursor.accept(SEMICOLON)) cursor.skipLines();
    if (cursor.atEnd || cursor.peek() === CLOSE_BRACE || cursor.peek() === 41) return pairs;
    const at = cursor.pos;
    const key = parseKey(cursor);
    cursor.skipBlanks();
    if (!cursor.accept(EQUALS, "operator")) {
      cursor.problem("MissingEqualsInHashLiteral", "Missing '=' operator after key in hash literal.");
      if (cursor.pos === at) cursor.take(1, "error");
      skipPair(cursor);
      continue;
    }
    cursor.skipLines();
    pairs.push({ key, value: parseStatement(cursor) });
    cursor.skipBlanks();
  }
}

/** A bare word, or an expression without commas and operators. */
function parseKey(cursor: Cursor): Expression {
  BARE_KEY.lastIndex = cursor.pos;
  const word = isWord(cursor.peek()) ? BARE_KEY.exec(cursor.text)?.[0] : undefined;
  if (word === undefined) return parseUnary(cursor);
  const start = cursor.pos;
  cursor.take(word.length, "member");
  return { kind: "String", value: word, bare: true, start, end: cursor.pos };
}

function skipPair(cursor: Cursor): void {
  const start = cursor.pos;
  while (!cursor.atEnd && !/[\n;}]/.test(cursor.text.charAt(cursor.pos))) cursor.pos += 1;
  cursor.token("error", start);
}
