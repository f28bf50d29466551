import type { Statement, StatementList } from "../ast/statements.ts";
import { isNewline } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { keywordAt } from "../scan/keywords.ts";
import { parseIf, parseLabelled, parseLoop } from "./flow.ts";
import { parseFunction } from "./functions.ts";
import { expectClose } from "./groups.ts";
import { parseJump } from "./jumps.ts";
import { parsePipelineStatement } from "./pipeline.ts";
import { parseSwitch } from "./switch.ts";
import { parseTrap, parseTry } from "./try.ts";
import { parseUnsupported, parseUsing, unsupportedStarts } from "./unsupported.ts";

const SEMICOLON = 59;
const CLOSE_PAREN = 41;
const CLOSE_BRACE = 125;
const COLON = 58;

const BLOCKS: ReadonlySet<Statement["kind"]> = new Set([
  "If",
  "For",
  "ForEach",
  "While",
  "Switch",
  "Try",
  "Trap",
  "Function",
  "Unsupported",
]);

/** One statement; when there is none at the cursor, a problem and an empty pipeline. */
export function parseStatement(cursor: Cursor): Statement {
  cursor.skipBlanks();
  if (cursor.peek() === COLON) {
    const labelled = parseLabelled(cursor);
    if (labelled) return labelled;
  }
  switch (keywordAt(cursor)) {
    case "if":
      return parseIf(cursor);
    case "for":
    case "foreach":
    case "while":
    case "do":
      return parseLoop(cursor, undefined);
    case "switch":
      return parseSwitch(cursor, undefined);
    case "break":
    case "continue":
    case "return":
    case "exit":
    case "throw":
      return parseJump(cursor);
    case "try":
      return parseTry(cursor);
    case "trap":
      return parseTrap(cursor);
    case "function":
    case "filter":
      return parseFunction(cursor);
    case "using":
      return parseUsing(cursor);
    default:
      return unsupportedStarts(cursor) ? parseUnsupported(cursor) : parsePipelineStatement(cursor);
  }
}

/** Statements up to the closing bracket (not taken) or the end of the text. */
export function parseStatementList(cursor: Cursor, close: number): StatementList {
  const start = cursor.pos;
  const statements: Statement[] = [];
  for (;;) {
    cursor.skipLines();
    while (cursor.accept(SEMICOLON)) cursor.skipLines();
    const code = cursor.peek();
    if (code < 0 || code === close) break;
    if (code === CLOSE_BRACE || code === CLOSE_PAREN) {
      // Somebody further out may be waiting for this bracket.
      if (close >= 0) break;
      unexpected(cursor);
      continue;
    }
    const at = cursor.pos;
    const statement = parseStatement(cursor);
    statements.push(statement);
    if (cursor.pos === at) unexpected(cursor);
    else endStatement(cursor, statement);
  }
  return { statements, start, end: cursor.pos };
}

/** `{ statements }`; `what` names the construct in the message when the brace is missing. */
export function parseBody(cursor: Cursor, what: string): StatementList {
  cursor.skipLines();
  const start = cursor.pos;
  if (!cursor.accept(123)) {
    cursor.problem("MissingStatementBlock", `Missing statement block after ${what}.`);
    return { statements: [], start, end: start };
  }
  const body = cursor.nested((inner) => parseStatementList(inner, CLOSE_BRACE));
  expectClose(
    cursor,
    CLOSE_BRACE,
    "MissingEndCurlyBrace",
    "Missing closing '}' in statement block or type definition.",
  );
  return { statements: body.statements, start, end: cursor.pos };
}

/** After a statement its line ends (not after one that ends in a block); anything else is skipped. */
function endStatement(cursor: Cursor, { kind }: Statement): void {
  cursor.skipBlanks();
  const code = cursor.peek();
  if (code < 0 || isNewline(code) || code === SEMICOLON || code === CLOSE_BRACE || code === CLOSE_PAREN) return;
  if (!BLOCKS.has(kind)) unexpected(cursor);
}

function unexpected(cursor: Cursor): void {
  const { text, pos } = cursor;
  const word = /^[^\s(){};|,&]+/.exec(text.slice(pos, pos + 60))?.[0] ?? text.charAt(pos);
  cursor.problem("UnexpectedToken", `Unexpected token '${word}' in expression or statement.`, pos, pos + word.length);
  cursor.pos += Math.max(word.length, 1);
  while (!cursor.atEnd && !/[\r\n;|)}]/.test(text.charAt(cursor.pos))) cursor.pos += 1;
  if (text.charAt(cursor.pos) === "|") cursor.pos += 1;
  cursor.token("error", pos);
}
