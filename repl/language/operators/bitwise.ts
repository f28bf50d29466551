import { roundHalfEven } from "../convert/round.ts";
import { tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Value } from "../values/value.ts";
import { asDouble } from "./numeric.ts";

type Operation = "band" | "bor" | "bxor" | "shl" | "shr";

/** Bit operators work on ints, and on longs when one side is one. */
export function bitwise(operation: Operation, left: Value, right: Value): Value {
  if (isFlag(left) && isFlag(right)) return flags(operation, left, right);
  const [a, b] = [integer(left), integer(right)];
  if (typeof a === "number" && typeof b === "number") return ofInts(operation, a, b);
  if (operation === "shl" || operation === "shr") return shifted(operation, a, Number(b));
  const [x, y] = [BigInt(a), BigInt(b)];
  return operation === "band" ? x & y : operation === "bor" ? x | y : x ^ y;
}

/** Values of enumerations are their names: `Tls12 -bor Tls13` names both. */
function isFlag(value: Value): value is string {
  return typeof value === "string" && /^[A-Za-z]\w*(, *[A-Za-z]\w*)*$/.test(value);
}

function flags(operation: Operation, left: string, right: string): string {
  const [a, b] = [left.split(/, */), right.split(/, */)];
  const kept = operation === "band" ? a.filter((name) => b.includes(name)) : [...new Set([...a, ...b])];
  return kept.join(", ");
}

export function bitwiseNot(value: Value): Value {
  const number = integer(value);
  return typeof number === "number" ? ~number : ~number;
}

function ofInts(operation: Operation, a: number, b: number): number {
  switch (operation) {
    case "band":
      return a & b;
    case "bor":
      return a | b;
    case "bxor":
      return a ^ b;
    case "shl":
      return a << b;
    case "shr":
      return a >> b;
  }
}

function shifted(operation: "shl" | "shr", value: number | bigint, by: number): Value {
  if (typeof value === "number") return ofInts(operation, value, by);
  const places = BigInt(by & 63);
  return operation === "shl" ? BigInt.asIntN(64, value << places) : value >> places;
}

function integer(value: Value): number | bigint {
  const number = tryNumber(value);
  if (number === undefined) {
    throw scriptError(`Cannot convert value "${toText(value)}" to type "System.Int32".`, {
      category: "InvalidArgument",
      id: "InvalidCast",
    });
  }
  if (typeof number === "bigint") return number;
  const rounded = roundHalfEven(asDouble(number));
  return (rounded | 0) === rounded ? rounded : BigInt(rounded);
}
