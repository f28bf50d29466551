import type { TypeName } from "../ast/expressions.ts";
import type { CatchClause, Statement } from "../ast/statements.ts";
import type { Cursor } from "../scan/cursor.ts";
import { acceptKeyword, acceptLaterKeyword } from "../scan/keywords.ts";
import { parseBody } from "./statements.ts";
import { parseTypeLiteral } from "./types.ts";

const OPEN_BRACKET = 91;

export function parseTry(cursor: Cursor): Statement {
  const start = cursor.pos;
  acceptKeyword(cursor, "try");
  const body = parseBody(cursor, "try");
  const catches: CatchClause[] = [];
  while (acceptLaterKeyword(cursor, "catch")) catches.push(parseCatch(cursor));
  const final = acceptLaterKeyword(cursor, "finally") ? parseBody(cursor, "finally") : undefined;
  if (catches.length === 0 && final === undefined) {
    cursor.skipLines();
    cursor.problem("MissingCatchOrFinally", "The Try statement is missing its Catch or Finally block.");
  }
  return { kind: "Try", body, catches, final, start, end: cursor.pos };
}

function parseCatch(cursor: Cursor): CatchClause {
  const start = cursor.pos;
  const types: TypeName[] = [];
  do {
    cursor.skipLines();
    if (cursor.peek() === OPEN_BRACKET) types.push(parseTypeLiteral(cursor));
    cursor.skipLines();
  } while (cursor.accept(44));
  const body = parseBody(cursor, "catch");
  return { types, body, start, end: cursor.pos };
}

export function parseTrap(cursor: Cursor): Statement {
  const start = cursor.pos;
  acceptKeyword(cursor, "trap");
  cursor.skipLines();
  const type = cursor.peek() === OPEN_BRACKET ? parseTypeLiteral(cursor) : undefined;
  const body = parseBody(cursor, "trap");
  return { kind: "Trap", type, body, start, end: cursor.pos };
}
