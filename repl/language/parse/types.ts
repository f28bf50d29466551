import type { AttributeNode, Expression, TypeName } from "../ast/expressions.ts";
import { isWord } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseExpression } from "./expression.ts";
import { expectClose } from "./groups.ts";

const OPEN = 91;
const CLOSE = 93;
const COMMA = 44;
const ATTRIBUTE = /\[\s*[\w.+]+\s*\(/y;
const NAMED = /([A-Za-z_]\w*)\s*(=|(?=[,)]))/y;

/** True when the `[` at the cursor starts an attribute: `[Name( ... )]`. */
export function attributeStarts(cursor: Cursor): boolean {
  ATTRIBUTE.lastIndex = cursor.pos;
  return ATTRIBUTE.test(cursor.text);
}

/** `[Name.Of[Generic]]`; the cursor is at the bracket. */
export function parseTypeLiteral(cursor: Cursor): TypeName {
  const start = cursor.pos;
  cursor.take(1, "punctuation");
  cursor.skipLines();
  const type = parseTypeName(cursor);
  expectClose(cursor, CLOSE, "EndSquareBracketExpectedAtEndOfType", "Missing ] at end of type token.");
  return { ...type, start, end: cursor.pos };
}

/** A type's name without its outer brackets: after `catch [` and in generic arguments too. */
export function parseTypeName(cursor: Cursor): TypeName {
  const start = cursor.pos;
  while (isWord(cursor.peek()) || cursor.peek() === 46 || cursor.peek() === 43 || isArity(cursor)) cursor.pos += 1;
  const name = cursor.text.slice(start, cursor.pos).replace(/`\d+$/, "");
  cursor.token("type", start);
  if (name === "") cursor.problem("MissingTypename", "Missing type name after '['.");
  let generic: readonly TypeName[] = [];
  let rank = 0;
  for (;;) {
    cursor.skipBlanks();
    if (cursor.peek() !== OPEN) return { name, generic, rank, start, end: cursor.pos };
    cursor.take(1, "punctuation");
    cursor.skipLines();
    if (cursor.peek() === CLOSE || cursor.peek() === COMMA) {
      while (cursor.accept(COMMA)) cursor.skipLines();
      rank += 1;
    } else generic = cursor.nested(parseTypeArguments);
    expectClose(cursor, CLOSE, "EndSquareBracketExpectedAtEndOfType", "Missing ] at end of type token.");
  }
}

function isArity(cursor: Cursor): boolean {
  return cursor.peek() === 96 && /\d/.test(cursor.text.charAt(cursor.pos + 1));
}

function parseTypeArguments(cursor: Cursor): TypeName[] {
  const types: TypeName[] = [];
  do {
    cursor.skipLines();
    const bracketed = cursor.peek() === OPEN;
    types.push(bracketed ? parseTypeLiteral(cursor) : parseTypeName(cursor));
    cursor.skipLines();
  } while (cursor.accept(COMMA));
  return types;
}

/** `[Name(argument, Key = value, Flag)]` */
export function parseAttribute(cursor: Cursor): AttributeNode {
  const start = cursor.pos;
  cursor.take(1, "punctuation");
  cursor.skipLines();
  const { name } = parseTypeName(cursor);
  cursor.skipLines();
  const positional: Expression[] = [];
  const named: { name: string; value: Expression | undefined }[] = [];
  if (cursor.accept(40)) {
    cursor.nested((inner) => parseAttributeArguments(inner, positional, named));
    expectClose(cursor, 41, "MissingEndParenthesisInExpression", "Missing closing ')' in attribute.");
  }
  expectClose(
    cursor,
    CLOSE,
    "EndSquareBracketExpectedAtEndOfAttribute",
    "Missing ] at end of attribute or type literal.",
  );
  return { name, positional, named, start, end: cursor.pos };
}

function parseAttributeArguments(
  cursor: Cursor,
  positional: Expression[],
  named: { name: string; value: Expression | undefined }[],
): void {
  cursor.commaEnds = true;
  for (;;) {
    cursor.skipLines();
    if (cursor.atEnd || cursor.peek() === 41) return;
    const at = cursor.pos;
    NAMED.lastIndex = at;
    const match = NAMED.exec(cursor.text);
    if (match?.[1] !== undefined) {
      cursor.take(match[1].length, "member");
      cursor.skipLines();
      const valued = cursor.accept(61, "operator");
      cursor.skipLines();
      named.push({ name: match[1].toLowerCase(), value: valued ? parseExpression(cursor) : undefined });
    } else positional.push(parseExpression(cursor));
    cursor.skipLines();
    if (!cursor.accept(COMMA) || cursor.pos === at) return;
  }
}
