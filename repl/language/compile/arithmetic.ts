import { add, multiply, subtract } from "../operators/arithmetic.ts";
import { filtered } from "../operators/collections.ts";
import { compare, equals } from "../operators/compare.ts";
import type { Value } from "../values/value.ts";
import { type Code, map2, pure } from "./code.ts";

type Operator = "+" | "-" | "*" | "lt" | "le" | "gt" | "ge" | "eq" | "ne";
type Operation = (left: Value, right: Value) => Value;

/**
 * Operators that loops are made of. On two pure operands each has code of its own that tries ints before it calls the
 * general operation.
 */
export function compileArithmetic(operator: Operator, caseSensitive: boolean, left: Code, right: Code): Code {
  const general = generalOperation(operator, caseSensitive);
  if (!left.pure || !right.pure) return map2(left, right, general);
  const [first, second] = [left.run, right.run];
  switch (operator) {
    case "+":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        if (typeof a === "number" && typeof b === "number") {
          const sum = a + b;
          if ((sum | 0) === sum && (a | 0) === a && (b | 0) === b) return sum;
        }
        return add(a, b);
      });
    case "-":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        if (typeof a === "number" && typeof b === "number") {
          const difference = a - b;
          if ((difference | 0) === difference && (a | 0) === a && (b | 0) === b) return difference | 0;
        }
        return subtract(a, b);
      });
    case "*":
      return pure((frame) => multiply(first(frame), second(frame)));
    case "lt":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        return typeof a === "number" && typeof b === "number" ? a < b : general(a, b);
      });
    case "le":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        return typeof a === "number" && typeof b === "number" ? a <= b : general(a, b);
      });
    case "gt":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        return typeof a === "number" && typeof b === "number" ? a > b : general(a, b);
      });
    case "ge":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        return typeof a === "number" && typeof b === "number" ? a >= b : general(a, b);
      });
    case "eq":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        return typeof a === "number" && typeof b === "number" ? a === b : general(a, b);
      });
    case "ne":
      return pure((frame) => {
        const a = first(frame);
        const b = second(frame);
        return typeof a === "number" && typeof b === "number" ? a !== b : general(a, b);
      });
  }
}

/** The operation on any values; comparisons with a collection on the left filter it. */
export function generalOperation(operator: Operator, caseSensitive: boolean): Operation {
  switch (operator) {
    case "+":
      return add;
    case "-":
      return subtract;
    case "*":
      return multiply;
    case "eq":
      return (left, right) => filtered(left, (item) => equals(item, right, caseSensitive));
    case "ne":
      return (left, right) => filtered(left, (item) => !equals(item, right, caseSensitive));
    case "lt":
      return (left, right) => filtered(left, (item) => compare(item, right, caseSensitive) < 0);
    case "le":
      return (left, right) => filtered(left, (item) => compare(item, right, caseSensitive) <= 0);
    case "gt":
      return (left, right) => filtered(left, (item) => compare(item, right, caseSensitive) > 0);
    case "ge":
      return (left, right) => filtered(left, (item) => compare(item, right, caseSensitive) >= 0);
  }
}
