import type { Expression, ListNode } from "../ast/expressions.ts";
import type { ParameterNode, RedirectionNode } from "../ast/statements.ts";
import { isBreak, isDash, isDigit, isQuote, isWordStart } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { missing } from "./expression.ts";
import { numberLength, parseNumberLiteral } from "./numbers.ts";
import { parsePostfix, valueGoesOn } from "./postfix.ts";
import { parseValue } from "./primary.ts";
import { hereStringStarts } from "./strings.ts";
import { parseVariable, variableStarts } from "./variables.ts";
import { parseWord } from "./words.ts";

const COMMA = 44;
const COLON = 58;
const AT = 64;
const VARIABLE = /\$(?:\{[^}]*\}|[$^?]|[\p{L}\p{Nd}_?]+(?::(?!:)[\p{L}\p{Nd}_?]+)?)/uy;

/** One argument with the commas that make it a list. */
export function parseArgumentList(cursor: Cursor): Expression {
  const first = parseArgument(cursor);
  const items = [first];
  for (;;) {
    cursor.skipBlanks();
    if (!cursor.accept(COMMA)) break;
    cursor.skipLines();
    if (isBreak(cursor.peek()) && cursor.peek() !== 40 && cursor.peek() !== 123) {
      cursor.problem("MissingArgument", "Missing argument in parameter list.");
      break;
    }
    items.push(parseArgument(cursor));
  }
  if (items.length === 1) return first;
  const list: ListNode = { kind: "List", items, start: first.start, end: items.at(-1)?.end ?? first.end };
  return list;
}

/** One argument of a command: a value, or a bare word. */
export function parseArgument(cursor: Cursor): Expression {
  const code = cursor.peek();
  if (code === 36) return dollar(cursor);
  if (isQuote(code) || code === 40 || code === 123) return value(cursor);
  if (code === AT) return at(cursor);
  if (isDigit(code) || isDash(code) || code === 46 || code === 43) {
    const length = numberLength(cursor);
    if (length > 0 && isBreak(cursor.peek(length))) return parseNumberLiteral(cursor) ?? parseWord(cursor);
  }
  return parseWord(cursor);
}

function value(cursor: Cursor): Expression {
  const found = parseValue(cursor);
  return found === undefined ? missing(cursor) : parsePostfix(cursor, found);
}

function dollar(cursor: Cursor): Expression {
  if (cursor.peek(1) === 40) return value(cursor);
  VARIABLE.lastIndex = cursor.pos;
  const length = VARIABLE.exec(cursor.text)?.[0].length ?? 0;
  return length > 0 && valueGoesOn(cursor.peek(length)) ? value(cursor) : parseWord(cursor);
}

function at(cursor: Cursor): Expression {
  const next = cursor.peek(1);
  if (next === 40 || next === 123 || hereStringStarts(cursor)) return value(cursor);
  return isWordStart(next) || variableStarts(cursor) ? parseVariable(cursor) : parseWord(cursor);
}

/** True at `-Name`; `-5`, `-` and `--` are arguments. */
export function parameterStarts(cursor: Cursor): boolean {
  return isDash(cursor.peek()) && (isWordStart(cursor.peek(1)) || cursor.peek(1) === 63);
}

/** `-Name`, `-Name:value` */
export function parseParameter(cursor: Cursor): ParameterNode {
  const start = cursor.pos;
  cursor.pos += 1;
  while (!endsParameter(cursor.peek())) cursor.pos += 1;
  const name = cursor.text.slice(start + 1, cursor.pos);
  const valued = cursor.peek() === COLON;
  if (valued) cursor.pos += 1;
  cursor.token("parameter", start);
  if (!valued) return { kind: "Parameter", name, value: undefined, start, end: cursor.pos };
  cursor.skipBlanks();
  if (isBreak(cursor.peek()) && cursor.peek() !== 40 && cursor.peek() !== 123) {
    cursor.problem("ParameterRequiresArgument", `Parameter '-${name}:' requires an argument.`);
    return { kind: "Parameter", name, value: undefined, start, end: cursor.pos };
  }
  const argument = parseArgumentList(cursor);
  return { kind: "Parameter", name, value: argument, start, end: argument.end };
}

function endsParameter(code: number): boolean {
  return isBreak(code) || code === COLON || code === 46 || code === 91 || isQuote(code) || code === 36;
}

const REDIRECTION = /([1-6*]?)(>>|>)(?:&([12]))?/y;

/** `> file`, `2>> file`, `2>&1`, `*> file`; undefined when none starts at the cursor. */
export function parseRedirection(cursor: Cursor): RedirectionNode | undefined {
  const code = cursor.peek();
  if (code !== 62 && cursor.peek(1) !== 62) return undefined;
  REDIRECTION.lastIndex = cursor.pos;
  const match = REDIRECTION.exec(cursor.text);
  if (match === null) return undefined;
  const start = cursor.pos;
  cursor.take(match[0].length, "operator");
  const stream = match[1] === "*" ? 0 : Number(match[1] || 1);
  const append = match[2] === ">>";
  if (match[3] !== undefined) return { stream, append, target: Number(match[3]), start, end: cursor.pos };
  cursor.skipBlanks();
  if (isBreak(cursor.peek()) && cursor.peek() !== 40) {
    cursor.problem("MissingFileSpecification", "Missing file specification after redirection operator.");
    return { stream, append, target: missing(cursor), start, end: cursor.pos };
  }
  const target = parseArgument(cursor);
  return { stream, append, target, start, end: target.end };
}
