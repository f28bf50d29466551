import type { NumberValue } from "../convert/to-number.ts";
import { scriptError } from "../errors/script-error.ts";
import { Decimal } from "../values/decimal.ts";
import { Double, toDouble } from "../values/double.ts";
import type { Value } from "../values/value.ts";

/** One arithmetic operation on each numeric type. */
export interface NumericOperation {
  ofDoubles(left: number, right: number): number;
  ofLongs(left: bigint, right: bigint): bigint | number;
  ofDecimals(left: Decimal, right: Decimal): Decimal;
}

/** Both operands in the wider of their types: int, long, decimal, double. */
export function applyNumeric(operation: NumericOperation, left: NumberValue, right: NumberValue): Value {
  if (isDouble(left) || isDouble(right)) return toDouble(operation.ofDoubles(asDouble(left), asDouble(right)));
  if (left instanceof Decimal || right instanceof Decimal) {
    return inDecimalRange(() => operation.ofDecimals(asDecimal(left), asDecimal(right)));
  }
  const result = operation.ofLongs(BigInt(asDouble64(left)), BigInt(asDouble64(right)));
  if (typeof result === "number") return toDouble(result);
  if (typeof left === "number" && typeof right === "number") {
    return BigInt.asIntN(32, result) === result ? Number(result) : toDouble(Number(result));
  }
  return BigInt.asIntN(64, result) === result || isBig(left) || isBig(right) ? result : toDouble(Number(result));
}

/** A bigint beyond 64 bits stands for a `[bigint]`, which does not overflow. */
function isBig(value: NumberValue): boolean {
  return typeof value === "bigint" && BigInt.asIntN(64, value) !== value;
}

export function isDouble(value: Value): boolean {
  return value instanceof Double || (typeof value === "number" && (value | 0) !== value);
}

export function asDouble(value: NumberValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Double ? value.value : value.toNumber();
}

function asDouble64(value: NumberValue): number | bigint {
  return typeof value === "bigint" ? value : asDouble(value);
}

export function asDecimal(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value;
  return typeof value === "bigint" ? Decimal.of(value, 0) : Decimal.fromNumber(asDouble(value));
}

function inDecimalRange(compute: () => Decimal): Decimal {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw scriptError("Value was either too large or too small for a Decimal.", {
      type: "System.OverflowException",
      id: "RuntimeException",
    });
  }
}

export function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (typeof left === "bigint" && typeof right === "bigint") return left < right ? -1 : left > right ? 1 : 0;
  if ((left instanceof Decimal || right instanceof Decimal) && !isDouble(left) && !isDouble(right)) {
    return asDecimal(left).compare(asDecimal(right));
  }
  const a = typeof left === "bigint" ? left : asDouble(left);
  const b = typeof right === "bigint" ? right : asDouble(right);
  return a < b ? -1 : a > b ? 1 : a === b || Number(a) === Number(b) ? 0 : Number.NaN;
}
