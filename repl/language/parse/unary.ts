import type { Expression } from "../ast/expressions.ts";
import type { UnaryOperator } from "../ast/operators.ts";
import { isDash, isDigit } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseUnary } from "./expression.ts";
import { parsePostfix } from "./postfix.ts";
import { attributeStarts, parseAttribute, parseTypeLiteral } from "./types.ts";

const PLUS = 43;
const WORDS = /[-\u2013-\u2015](not|bnot|[ic]?split|join)(?![\w-])/iy;

/** A prefix operator, cast or attribute with its operand; undefined when none starts here. */
export function parseUnaryOperator(cursor: Cursor): Expression | undefined {
  const code = cursor.peek();
  if (isDash(code)) return dash(cursor);
  if (code === PLUS) return cursor.peek(1) === PLUS ? step(cursor, 1) : unary(cursor, "+", 1);
  if (code === 33) return unary(cursor, "not", 1);
  if (code === 44 && !cursor.commaEnds) return unary(cursor, ",", 1);
  return code === 91 ? bracket(cursor) : undefined;
}

function dash(cursor: Cursor): Expression | undefined {
  const next = cursor.peek(1);
  if (isDigit(next) || (next === 46 && isDigit(cursor.peek(2)))) return undefined;
  if (isDash(next)) return step(cursor, -1);
  WORDS.lastIndex = cursor.pos;
  const match = WORDS.exec(cursor.text);
  if (match === null) return isLetter(next) ? undefined : unary(cursor, "-", 1);
  const word = (match[1] ?? "").toLowerCase();
  return unary(cursor, word === "not" || word === "bnot" || word === "join" ? word : "split", match[0].length);
}

function unary(cursor: Cursor, operator: UnaryOperator, length: number): Expression {
  const start = cursor.pos;
  cursor.take(length, "operator");
  const operand = operandOf(cursor);
  return { kind: "Unary", operator, operand, start, end: operand.end };
}

function step(cursor: Cursor, by: 1 | -1): Expression {
  const start = cursor.pos;
  cursor.take(2, "operator");
  const operand = operandOf(cursor);
  return { kind: "Step", by, prefix: true, operand, start, end: operand.end };
}

/** Prefix operators nest (`!!!!$x`), so they count as a level each. A comma after them is still a list's. */
function operandOf(cursor: Cursor): Expression {
  const { commaEnds } = cursor;
  return cursor.nested((inner) => {
    inner.commaEnds = commaEnds;
    inner.skipLines();
    return parseUnary(inner);
  });
}

/** `[type]`, `[type]value`, `[attribute()]$variable` */
function bracket(cursor: Cursor): Expression {
  const start = cursor.pos;
  if (attributeStarts(cursor)) {
    const attribute = parseAttribute(cursor);
    const operand = operandOf(cursor);
    return { kind: "Attributed", attribute, operand, start, end: operand.end };
  }
  const type = parseTypeLiteral(cursor);
  cursor.skipBlanks();
  if (!operandStarts(cursor)) return parsePostfix(cursor, { kind: "Type", type, start, end: type.end });
  const operand = operandOf(cursor);
  return { kind: "Cast", type, operand, start, end: operand.end };
}

/** What may follow a cast: anything that starts a value. */
function operandStarts(cursor: Cursor): boolean {
  const code = cursor.peek();
  if (isDash(code)) {
    WORDS.lastIndex = cursor.pos;
    return isDigit(cursor.peek(1)) || isDash(cursor.peek(1)) || cursor.peek(1) === 36 || WORDS.test(cursor.text);
  }
  if (code === 46) return isDigit(cursor.peek(1));
  return isDigit(code) || /[$@'"‘’‚‛“”„({[!]/.test(String.fromCharCode(Math.max(code, 0)));
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
