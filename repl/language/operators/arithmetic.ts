import { type NumberValue, tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { type ScriptError, scriptError } from "../errors/script-error.ts";
import { Char } from "../values/char.ts";
import { DateTime } from "../values/date-time.ts";
import { Decimal } from "../values/decimal.ts";
import { Double } from "../values/double.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { applyNumeric, type NumericOperation } from "./numeric.ts";

const MAX_ITEMS = 50_000_000;

const ADD: NumericOperation = {
  ofDoubles: (left, right) => left + right,
  ofLongs: (left, right) => left + right,
  ofDecimals: (left, right) => left.add(right),
};
const SUBTRACT: NumericOperation = {
  ofDoubles: (left, right) => left - right,
  ofLongs: (left, right) => left - right,
  ofDecimals: (left, right) => left.subtract(right),
};
const MULTIPLY: NumericOperation = {
  ofDoubles: (left, right) => left * right,
  ofLongs: (left, right) => left * right,
  ofDecimals: (left, right) => left.multiply(right),
};
const DIVIDE: NumericOperation = {
  ofDoubles: (left, right) => left / right,
  ofLongs(left, right) {
    if (right === 0n) throw divideByZero();
    return left % right === 0n ? left / right : Number(left) / Number(right);
  },
  ofDecimals(left, right) {
    if (right.units === 0n) throw divideByZero();
    return left.divide(right);
  },
};
const REMAINDER: NumericOperation = {
  ofDoubles: (left, right) => left % right,
  ofLongs(left, right) {
    if (right === 0n) throw divideByZero();
    return left % right;
  },
  ofDecimals(left, right) {
    if (right.units === 0n) throw divideByZero();
    return left.remainder(right);
  },
};

export function add(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if ((sum | 0) !== sum) return sum;
    return (left | 0) === left && (right | 0) === right ? sum : new Double(sum);
  }
  if (typeof left === "string") return left + toText(right);
  if (left === null) return right;
  const items = itemsOf(left);
  if (items) return joined(items, right);
  if (left instanceof Char && typeof right === "string") return `${left}${right}`;
  if (left instanceof Hashtable) return merged(left, right);
  if (left instanceof DateTime && right instanceof TimeSpan) return left.add(right.ms);
  if (left instanceof TimeSpan && right instanceof TimeSpan) return new TimeSpan(left.ms + right.ms);
  if (left instanceof DateTime || left instanceof TimeSpan) throw noOperator(left, "Addition");
  return numeric(ADD, left, right, "Addition");
}

export function subtract(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const difference = left - right;
    if ((difference | 0) !== difference) return difference;
    return (left | 0) === left && (right | 0) === right ? difference | 0 : new Double(difference);
  }
  if (left instanceof DateTime && right instanceof DateTime) return left.subtract(right);
  if (left instanceof DateTime && right instanceof TimeSpan) return left.add(-right.ms);
  if (left instanceof TimeSpan && right instanceof TimeSpan) return new TimeSpan(left.ms - right.ms);
  return numeric(SUBTRACT, left, right, "Subtraction");
}

export function multiply(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if ((product | 0) !== product) return product;
    return (left | 0) === left && (right | 0) === right ? product | 0 : new Double(product);
  }
  if (typeof left === "string") return left.repeat(times(right, left.length));
  const items = itemsOf(left);
  if (items) return Array.from({ length: times(right, items.length) }, () => items).flat();
  return numeric(MULTIPLY, left, right, "Multiply");
}

export function divide(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") {
    const ints = (left | 0) === left && (right | 0) === right;
    if (ints && right === 0) throw divideByZero();
    const quotient = left / right;
    if ((quotient | 0) !== quotient) return quotient;
    return ints ? quotient | 0 : new Double(quotient);
  }
  return numeric(DIVIDE, left, right, "Division");
}

export function remainder(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number" && right !== 0) {
    const rest = left % right;
    if ((rest | 0) !== rest) return rest;
    return (left | 0) === left && (right | 0) === right ? rest | 0 : new Double(rest);
  }
  return numeric(REMAINDER, left, right, "Modulus");
}

/** `-$x` */
export function negate(value: Value): Value {
  if (value instanceof TimeSpan) return new TimeSpan(-value.ms);
  return value instanceof Decimal
    ? new Decimal(-value.units, value.scale)
    : multiply(numberFor(value, "UnaryNegation"), -1);
}

/** `+$x` */
export function plus(value: Value): Value {
  return numberFor(value, "UnaryPlus");
}

function numeric(operation: NumericOperation, left: Value, right: Value, name: string): Value {
  return applyNumeric(operation, numberFor(left, name), numberFor(right, name));
}

function numberFor(value: Value, operation: string): NumberValue {
  const number = tryNumber(value);
  if (number !== undefined) return number;
  if (typeof value !== "string") throw noOperator(value, operation);
  throw scriptError(
    `Cannot convert value "${value}" to type "System.Int32". Error: "The input string '${value}' was not in a correct format."`,
    {
      type: "System.Management.Automation.PSInvalidCastException",
      category: "InvalidArgument",
      id: "InvalidCastFromStringToInteger",
    },
  );
}

function noOperator(value: Value, operation: string): ScriptError {
  return scriptError(
    `Method invocation failed because [${typeNameOf(value)}] does not contain a method named 'op_${operation}'.`,
    { category: "InvalidOperation", id: "MethodNotFound", target: `op_${operation}` },
  );
}

function divideByZero(): ScriptError {
  return scriptError("Attempted to divide by zero.", { id: "RuntimeException", type: "System.DivideByZeroException" });
}

function joined(items: readonly Value[], right: Value): Value[] {
  const more = itemsOf(right);
  return more ? items.concat(more) : [...items, right];
}

function merged(left: Hashtable, right: Value): Hashtable {
  if (!(right instanceof Hashtable)) {
    throw scriptError("A hash table can only be added to another hash table.", {
      category: "InvalidOperation",
      id: "AddHashTableToNonHashTable",
    });
  }
  const sum = left.copy();
  for (const [key, value] of right.entries()) {
    if (sum.has(key))
      throw scriptError(
        `Item has already been added. Key in dictionary: '${toText(key)}'  Key being added: '${toText(key)}'`,
        { type: "System.ArgumentException", id: "ArgumentException" },
      );
    sum.set(key, value);
  }
  return sum;
}

function times(count: Value, length: number): number {
  const number = Math.round(Number(toText(numberFor(count, "Multiply"))));
  if (number < 0)
    throw scriptError("The number of times to repeat must not be negative.", {
      type: "System.ArgumentOutOfRangeException",
      category: "InvalidOperation",
      id: "ArgumentOutOfRange",
    });
  if (number * length > MAX_ITEMS * 8)
    throw scriptError("The result is too large.", {
      type: "System.OutOfMemoryException",
      category: "LimitsExceeded",
      id: "OutOfMemory",
    });
  return number;
}
