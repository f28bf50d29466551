import type { ArrayNode, BlockExpressionNode, ParenNode, SubexpressionNode } from "../ast/expressions.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseBlockBody } from "./blocks.ts";
import { parseStatement, parseStatementList } from "./statements.ts";

const CLOSE_PAREN = 41;
const CLOSE_BRACE = 125;

/** `$( ... )` */
export function parseSubexpression(cursor: Cursor): SubexpressionNode {
  const start = cursor.pos;
  cursor.take(2, "punctuation");
  const body = cursor.nested((inner) => parseStatementList(inner, CLOSE_PAREN));
  expectClose(cursor, CLOSE_PAREN, "MissingEndParenthesisInSubexpression", "Missing closing ')' in subexpression.");
  return { kind: "Subexpression", body, start, end: cursor.pos };
}

/** `@( ... )` */
export function parseArray(cursor: Cursor): ArrayNode {
  const { body, start, end } = parseSubexpression(cursor);
  return { kind: "Array", body, start, end };
}

/** `( ... )`: one statement. */
export function parseParen(cursor: Cursor): ParenNode {
  const start = cursor.pos;
  cursor.take(1, "punctuation");
  const statement = cursor.nested((inner) => {
    inner.skipLines();
    const found = parseStatement(inner);
    inner.skipLines();
    return found;
  });
  expectClose(cursor, CLOSE_PAREN, "MissingEndParenthesisInExpression", "Missing closing ')' in expression.");
  return { kind: "Paren", statement, start, end: cursor.pos };
}

/** `{ ... }` as a value. */
export function parseBlockExpression(cursor: Cursor): BlockExpressionNode {
  const start = cursor.pos;
  cursor.take(1, "punctuation");
  const block = cursor.nested((inner) => parseBlockBody(inner, start, CLOSE_BRACE));
  expectClose(
    cursor,
    CLOSE_BRACE,
    "MissingEndCurlyBrace",
    "Missing closing '}' in statement block or type definition.",
  );
  return { kind: "Block", block: { ...block, end: cursor.pos }, start, end: cursor.pos };
}

/** Takes the closing bracket; when something else stands there, skips to it on the same line if it is near. */
export function expectClose(cursor: Cursor, code: number, id: string, message: string): void {
  cursor.skipLines();
  if (cursor.accept(code)) return;
  cursor.problem(id, message);
  const close = String.fromCharCode(code);
  const line = /^[^\n;|(){}]*/.exec(cursor.text.slice(cursor.pos, cursor.pos + 200))?.[0] ?? "";
  if (cursor.text.charAt(cursor.pos + line.length) !== close) return;
  cursor.take(line.length, "error");
  cursor.accept(code);
}
