import type { Expression } from "../ast/expressions.ts";
import { isBreak, isDigit, isDoubleQuote, isQuote, isWord } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { missing, parseExpression } from "./expression.ts";
import { expectClose, parseBlockExpression, parseParen, parseSubexpression } from "./groups.ts";
import { parseDoubleQuoted, parseSingleQuoted } from "./strings.ts";
import { parseVariable, variableStarts } from "./variables.ts";

const DOT = 46;
const COLON = 58;
const QUESTION = 63;
const OPEN_BRACKET = 91;
const OPEN_PAREN = 40;
const OPEN_BRACE = 123;
/** A chain of members is a tree as deep as the chain is long. */
const MAX_CHAIN = 1000;

/** Members, static members, calls and indexes that follow a value without a blank. */
export function parsePostfix(cursor: Cursor, value: Expression): Expression {
  let whole = value;
  for (let length = 0; length <= MAX_CHAIN; length += 1) {
    const optional = cursor.peek() === QUESTION && (cursor.peek(1) === DOT || cursor.peek(1) === OPEN_BRACKET);
    const code = cursor.peek(optional ? 1 : 0);
    if (code === DOT && memberStarts(cursor, optional ? 2 : 1)) {
      cursor.take(optional ? 2 : 1, "operator");
      whole = parseMember(cursor, whole, false, optional);
    } else if (code === COLON && cursor.peek(1) === COLON) {
      cursor.take(2, "operator");
      whole = parseMember(cursor, whole, true, false);
    } else if (code === OPEN_BRACKET) {
      whole = parseIndex(cursor, whole, optional);
    } else return whole;
  }
  cursor.problem("NestedTooDeeply", `More than ${MAX_CHAIN} members in one chain.`);
  return whole;
}

/** After a dot that is neither a range nor the end of an argument. */
function memberStarts(cursor: Cursor, ahead: number): boolean {
  const next = cursor.peek(ahead);
  if (next === DOT) return false;
  return (
    isWord(next) || next === 36 || next === OPEN_PAREN || isQuote(next) || next === 10 || next === 13 || isBreak(next)
  );
}

function parseMember(cursor: Cursor, object: Expression, isStatic: boolean, optional: boolean): Expression {
  cursor.skipLines();
  const member = parseMemberName(cursor);
  const { start } = object;
  if (member.kind !== "Missing") {
    if (cursor.peek() === OPEN_PAREN) {
      const args = parseArguments(cursor);
      return { kind: "Call", object, member, args, static: isStatic, optional, start, end: cursor.pos };
    }
    if (cursor.peek() === OPEN_BRACE && member.kind === "String") {
      const args = [parseBlockExpression(cursor)];
      return { kind: "Call", object, member, args, static: isStatic, optional, start, end: cursor.pos };
    }
  }
  return { kind: "Member", object, member, static: isStatic, optional, start, end: cursor.pos };
}

function parseMemberName(cursor: Cursor): Expression {
  const start = cursor.pos;
  const code = cursor.peek();
  if (isWord(code)) {
    while (isWord(cursor.peek())) cursor.pos += 1;
    cursor.token("member", start);
    return { kind: "String", value: cursor.text.slice(start, cursor.pos), bare: true, start, end: cursor.pos };
  }
  if (code === 36 && cursor.peek(1) === OPEN_PAREN) return parseSubexpression(cursor);
  if (code === 36 && variableStarts(cursor)) return parseVariable(cursor);
  if (code === OPEN_PAREN) return parseParen(cursor);
  if (isQuote(code)) return isDoubleQuote(code) ? parseDoubleQuoted(cursor) : parseSingleQuoted(cursor);
  cursor.problem("MissingPropertyName", "Missing property name after reference operator.");
  return missing(cursor);
}

/** `(a, b)` of a method call. */
function parseArguments(cursor: Cursor): Expression[] {
  cursor.take(1, "punctuation");
  const args = cursor.nested((inner) => {
    const found: Expression[] = [];
    inner.commaEnds = true;
    inner.skipLines();
    while (!inner.atEnd && inner.peek() !== 41) {
      const at = inner.pos;
      found.push(parseExpression(inner));
      inner.skipLines();
      if (!inner.accept(44) || inner.pos === at) break;
      inner.skipLines();
    }
    return found;
  });
  expectClose(cursor, 41, "MissingEndParenthesisInMethodCall", "Missing ')' in method call.");
  return args;
}

function parseIndex(cursor: Cursor, object: Expression, optional: boolean): Expression {
  if (optional) cursor.take(1, "operator");
  cursor.take(1, "punctuation");
  const index = cursor.nested((inner) => {
    inner.skipLines();
    return parseExpression(inner);
  });
  expectClose(cursor, 93, "MissingEndSquareBracket", "Missing ] after array index expression.");
  return { kind: "Index", object, index, optional, start: object.start, end: cursor.pos };
}

/** True when what follows the variable at the cursor belongs to the same value, not to a longer bare word. */
export function valueGoesOn(code: number): boolean {
  return isBreak(code) || code === DOT || code === OPEN_BRACKET || code === COLON || code === QUESTION || isDigit(code);
}
