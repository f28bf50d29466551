import type { BinaryNode, UnaryNode } from "../ast/expressions.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { toText } from "../convert/to-text.ts";
import { divide, negate, plus, remainder } from "../operators/arithmetic.ts";
import { bitwise, bitwiseNot } from "../operators/bitwise.ts";
import { contains, filtered, isIn } from "../operators/collections.ts";
import { format } from "../operators/format.ts";
import { like } from "../operators/match.ts";
import { rangeBounds, rangeItems } from "../operators/range.ts";
import { splitWords } from "../operators/split.ts";
import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";
import { compileArithmetic } from "./arithmetic.ts";
import { type Code, map, map2, maybe, pure } from "./code.ts";
import { compileMatch, compileReplace, compileSplit } from "./patterns.ts";
import { compileTypeTest } from "./types.ts";

type Operation = (left: Value, right: Value) => Value;

/** Compiles a binary operator on compiled operands. */
export function compileBinary(node: BinaryNode, left: Code, right: Code): Code {
  const { operator, caseSensitive } = node;
  switch (operator) {
    case "and":
      return logical(left, right, false);
    case "or":
      return logical(left, right, true);
    case "xor":
      return map2(left, right, (a, b) => toBoolean(a) !== toBoolean(b));
    case "??":
      return coalesce(left, right);
    case "+":
    case "-":
    case "*":
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
      return compileArithmetic(operator, caseSensitive, left, right);
    case "match":
    case "notmatch":
      return compileMatch(operator, caseSensitive, left, right);
    case "replace":
      return compileReplace(caseSensitive, left, right);
    case "split":
      return compileSplit(caseSensitive, left, right);
    case "is":
    case "isnot":
    case "as":
      return compileTypeTest(operator, left, right);
    default:
      return map2(left, right, operation(operator, caseSensitive));
  }
}

function operation(operator: BinaryNode["operator"], caseSensitive: boolean): Operation {
  switch (operator) {
    case "/":
      return divide;
    case "%":
      return remainder;
    case "band":
    case "bor":
    case "bxor":
    case "shl":
    case "shr":
      return (left, right) => bitwise(operator, left, right);
    case "like":
      return (left, right) => filtered(left, (item) => like(item, toText(right), caseSensitive));
    case "notlike":
      return (left, right) => filtered(left, (item) => !like(item, toText(right), caseSensitive));
    case "contains":
      return (left, right) => contains(left, right, caseSensitive);
    case "notcontains":
      return (left, right) => !contains(left, right, caseSensitive);
    case "in":
      return (left, right) => isIn(left, right, caseSensitive);
    case "notin":
      return (left, right) => !isIn(left, right, caseSensitive);
    case "join":
      return (left, right) => (itemsOf(left) ?? [left]).map((item) => toText(item)).join(toText(right));
    case "f":
      return format;
    case "..":
      return (left, right) => rangeItems(rangeBounds(left, right));
    default:
      throw new Error(`No operator -${operator}.`);
  }
}

/** `-and`, `-or`: the right side only when it matters. */
function logical(left: Code, right: Code, stopAt: boolean): Code {
  if (left.pure && right.pure) {
    const [first, second] = [left.run, right.run];
    return pure((frame) => (toBoolean(first(frame)) === stopAt ? stopAt : toBoolean(second(frame))));
  }
  const rest = map(right, toBoolean);
  return maybe((frame) => {
    const first = left.run(frame);
    if (first instanceof Promise)
      return first.then((value) => (toBoolean(value) === stopAt ? stopAt : rest.run(frame)));
    return toBoolean(first) === stopAt ? stopAt : rest.run(frame);
  });
}

function coalesce(left: Code, right: Code): Code {
  if (left.pure && right.pure) {
    const [first, second] = [left.run, right.run];
    return pure((frame) => first(frame) ?? second(frame));
  }
  return maybe((frame) => {
    const first = left.run(frame);
    return first instanceof Promise ? first.then((value) => value ?? right.run(frame)) : (first ?? right.run(frame));
  });
}

export function compileUnary(node: UnaryNode, operand: Code): Code {
  switch (node.operator) {
    case "not":
      return map(operand, (value) => !toBoolean(value));
    case "-":
      return map(operand, negate);
    case "+":
      return map(operand, plus);
    case "bnot":
      return map(operand, bitwiseNot);
    case ",":
      return map(operand, (value) => [value]);
    case "join":
      return map(operand, (value) => (itemsOf(value) ?? [value]).map((item) => toText(item)).join(""));
    case "split":
      return map(operand, splitWords);
  }
}
