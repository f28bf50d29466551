import { scriptError } from "../errors/script-error.ts";
import { Char } from "../values/char.ts";
import { Decimal } from "../values/decimal.ts";
import { Double, toDouble, toInteger } from "../values/double.ts";
import type { Value } from "../values/value.ts";
import { parseNumber } from "./parse-number.ts";
import { toText } from "./to-text.ts";
import { typeNameOf } from "./type-name.ts";

/** A numeric value of the language: `[int]`, `[double]`, `[long]`, `[decimal]`. */
export type NumberValue = number | bigint | Double | Decimal;

export function isNumber(value: Value): value is NumberValue {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Double || value instanceof Decimal;
}

/** A value as a number, as arithmetic converts it; throws when it is none. */
export function toNumber(value: Value): NumberValue {
  const number = tryNumber(value);
  if (number !== undefined) return number;
  const text = toText(value);
  throw scriptError(
    typeof value === "string"
      ? `Cannot convert value "${text}" to type "System.Int32". Error: "The input string '${text}' was not in a correct format."`
      : `Cannot convert the "${text}" value of type "${typeNameOf(value)}" to type "System.Int32".`,
    {
      type: "System.Management.Automation.PSInvalidCastException",
      category: "InvalidArgument",
      id: "InvalidCastFromStringToInteger",
    },
  );
}

export function tryNumber(value: Value): NumberValue | undefined {
  if (isNumber(value)) return value;
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return parseNumber(value);
  if (value instanceof Char) return value.code;
  return undefined;
}

/** A value as a JavaScript number, whatever numeric type it has; NaN when it is none. */
export function toFloat(value: Value): number {
  const number = tryNumber(value);
  if (number === undefined) return Number.NaN;
  if (typeof number === "number") return number;
  if (typeof number === "bigint") return Number(number);
  return number instanceof Double ? number.value : number.toNumber();
}

export { toDouble, toInteger };
