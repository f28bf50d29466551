import type { BinaryNode, Expression } from "../ast/expressions.ts";
import { type BinaryOperator, PRECEDENCE, WORD_OPERATORS } from "../ast/operators.ts";
import { isDash, isWord } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parsePrimary } from "./primary.ts";
import { parseUnaryOperator } from "./unary.ts";

const COMMA = 44;
const QUESTION = 63;
const COLON = 58;
const EQUALS = 61;

/** An expression: operators, lists, the ternary. */
export function parseExpression(cursor: Cursor): Expression {
  const condition = parseBinary(cursor, 0);
  cursor.skipBlanks();
  if (cursor.peek() !== QUESTION || cursor.peek(1) === QUESTION) return condition;
  return cursor.nested((inner) => parseTernary(inner, condition));
}

function parseTernary(cursor: Cursor, condition: Expression): Expression {
  cursor.take(1, "operator");
  cursor.skipLines();
  const yes = parseExpression(cursor);
  cursor.skipLines();
  if (!cursor.accept(COLON, "operator")) {
    cursor.problem("MissingColonInTernaryExpression", "Missing ':' in the ternary expression.");
    return { kind: "Ternary", condition, yes, no: missing(cursor), start: condition.start, end: cursor.pos };
  }
  cursor.skipLines();
  const no = parseExpression(cursor);
  return { kind: "Ternary", condition, yes, no, start: condition.start, end: no.end };
}

interface Operator {
  readonly operator: BinaryOperator;
  readonly caseSensitive: boolean;
  readonly length: number;
}

/** Precedence climbing: operators that bind at least as tightly as `least`. */
function parseBinary(cursor: Cursor, least: number): Expression {
  let left = parseList(cursor);
  for (;;) {
    cursor.skipBlanks();
    const found = operatorAt(cursor);
    if (found === undefined || PRECEDENCE[found.operator] < least) return left;
    const at = cursor.pos;
    cursor.take(found.length, "operator");
    cursor.skipLines();
    const right = parseBinary(cursor, PRECEDENCE[found.operator] + 1);
    const { operator, caseSensitive } = found;
    const node: BinaryNode = {
      kind: "Binary",
      operator,
      caseSensitive,
      left,
      right,
      at,
      start: left.start,
      end: right.end,
    };
    left = node;
  }
}

const SYMBOLS: Readonly<Record<number, BinaryOperator>> = { 43: "+", 42: "*", 47: "/", 37: "%" };

function operatorAt(cursor: Cursor): Operator | undefined {
  const code = cursor.peek();
  if (isDash(code)) return dashOperator(cursor);
  const next = cursor.peek(1);
  const symbol = SYMBOLS[code];
  if (symbol !== undefined) {
    if (next === EQUALS || (code === 43 && next === 43)) return undefined;
    return { operator: symbol, caseSensitive: false, length: 1 };
  }
  if (code === 46 && next === 46) return { operator: "..", caseSensitive: false, length: 2 };
  if (code === QUESTION && next === QUESTION && cursor.peek(2) !== EQUALS) {
    return { operator: "??", caseSensitive: false, length: 2 };
  }
  return undefined;
}

function dashOperator(cursor: Cursor): Operator | undefined {
  const next = cursor.peek(1);
  if (next === EQUALS || isDash(next)) return undefined;
  let end = cursor.pos + 1;
  while (isLetter(cursor.text.charCodeAt(end))) end += 1;
  const length = end - cursor.pos;
  if (length === 1) return { operator: "-", caseSensitive: false, length };
  const word = isWord(cursor.text.charCodeAt(end)) ? "" : cursor.text.slice(cursor.pos + 1, end).toLowerCase();
  const known = WORD_OPERATORS.get(word);
  return known && { ...known, length };
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** `a, b, c`: the comma binds more tightly than every binary operator. */
function parseList(cursor: Cursor): Expression {
  const first = parseUnary(cursor);
  cursor.skipBlanks();
  if (cursor.commaEnds || cursor.peek() !== COMMA) return first;
  const items = [first];
  while (cursor.accept(COMMA)) {
    cursor.skipLines();
    items.push(parseUnary(cursor));
    cursor.skipBlanks();
  }
  return { kind: "List", items, start: first.start, end: items.at(-1)?.end ?? cursor.pos };
}

/** A value with its prefix operators, casts and steps. */
export function parseUnary(cursor: Cursor): Expression {
  cursor.skipBlanks();
  return parseUnaryOperator(cursor) ?? parsePrimary(cursor);
}

/** Stands for an expression that is not there. */
export function missing(cursor: Cursor): Expression {
  return { kind: "Missing", start: cursor.pos, end: cursor.pos };
}
