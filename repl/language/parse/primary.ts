import type { Expression } from "../ast/expressions.ts";
import { isDash, isDigit, isDoubleQuote, isSingleQuote } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { missing } from "./expression.ts";
import { parseArray, parseBlockExpression, parseParen, parseSubexpression } from "./groups.ts";
import { parseHash } from "./hashtable.ts";
import { parseNumberLiteral } from "./numbers.ts";
import { parsePostfix } from "./postfix.ts";
import { hereStringStarts, parseDoubleQuoted, parseHereString, parseSingleQuoted } from "./strings.ts";
import { parseVariable, variableStarts } from "./variables.ts";

/** A value with its members, calls and indexes. */
export function parsePrimary(cursor: Cursor): Expression {
  const value = parseValue(cursor);
  if (value === undefined) return unexpected(cursor);
  const whole = parsePostfix(cursor, value);
  return parseStepAfter(cursor, whole);
}

/** A value as it starts at the cursor; undefined when none does. */
export function parseValue(cursor: Cursor): Expression | undefined {
  const code = cursor.peek();
  const next = cursor.peek(1);
  if (code === 36) {
    if (next === 40) return parseSubexpression(cursor);
    return variableStarts(cursor) ? parseVariable(cursor) : undefined;
  }
  if (isDoubleQuote(code)) return parseDoubleQuoted(cursor);
  if (isSingleQuote(code)) return parseSingleQuoted(cursor);
  if (isDigit(code) || isDash(code) || code === 46) return parseNumberLiteral(cursor);
  if (code === 40) return parseParen(cursor);
  if (code === 123) return parseBlockExpression(cursor);
  return code === 64 ? parseAt(cursor, next) : undefined;
}

function parseAt(cursor: Cursor, next: number): Expression | undefined {
  if (next === 40) return parseArray(cursor);
  if (next === 123) return parseHash(cursor);
  if (hereStringStarts(cursor)) return parseHereString(cursor);
  if (!variableStarts(cursor)) return undefined;
  const splat = parseVariable(cursor);
  cursor.problem(
    "SplattingNotPermitted",
    `The splatting operator '@' cannot be used to reference variables in an expression. '@${splat.name}' can be used only as an argument to a command.`,
    splat.start,
    splat.end,
  );
  return splat;
}

/** `$x++`, `$x--` */
function parseStepAfter(cursor: Cursor, operand: Expression): Expression {
  const code = cursor.peek();
  const plus = code === 43 && cursor.peek(1) === 43;
  if (!plus && !(isDash(code) && isDash(cursor.peek(1)))) return operand;
  cursor.take(2, "operator");
  return { kind: "Step", by: plus ? 1 : -1, prefix: false, operand, start: operand.start, end: cursor.pos };
}

function unexpected(cursor: Cursor): Expression {
  const { text, pos } = cursor;
  const word = /^[^\s(){};|,]+/.exec(text.slice(pos, pos + 40))?.[0] ?? text.charAt(pos);
  if (cursor.atEnd) cursor.problem("ExpectedExpression", "An expression was expected, but the text ends here.");
  else if (/[\r\n]/.test(text.charAt(pos))) cursor.problem("ExpectedExpression", "An expression was expected.");
  else
    cursor.problem(
      "ExpectedExpression",
      `An expression was expected, but '${word}' was found.`,
      pos,
      pos + word.length,
    );
  return missing(cursor);
}
