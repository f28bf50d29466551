import { doubleText } from "../convert/number-text.ts";
import type { NumberValue } from "../convert/to-number.ts";
import { asDecimal, asDouble, isDouble } from "../operators/numeric.ts";
import { Decimal } from "../values/decimal.ts";
import { customNumber } from "./custom-number.ts";
import { fixedText, grouped } from "./digits.ts";

/** Thrown when a format specifier does not fit the value; the caller makes a script error of it. */
export class FormatProblem extends Error {}

/** A number by a .NET format: `n2`, `d4`, `x`, `p1`, `e3`, `c`, `g`, or a picture such as `#,##0.00`. */
export function formatNumber(value: NumberValue, format: string): string {
  const standard = /^([a-z])(\d{0,3})$/i.exec(format);
  if (format === "") return plainText(value);
  if (standard?.[1] === undefined) return customNumber(value, format);
  const letter = standard[1];
  const precision = standard[2] === "" ? undefined : Number(standard[2]);
  switch (letter.toLowerCase()) {
    case "d":
      return decimalDigits(value, precision ?? 0);
    case "x":
      return hexDigits(value, precision ?? 0, letter === "X");
    case "b":
      return whole(value, "b")
        .toString(2)
        .padStart(precision ?? 0, "0");
    case "n":
      return grouped(fixedText(value, precision ?? 2));
    case "f":
      return fixedText(value, precision ?? 2);
    case "p":
      return `${grouped(fixedText(hundredfold(value), precision ?? 2))} %`;
    case "c":
      return currency(grouped(fixedText(value, precision ?? 2)));
    case "e":
      return exponential(asDouble(value), precision ?? 6, letter);
    case "g":
      return general(value, precision);
    case "r":
      return plainText(value);
    default:
      throw new FormatProblem(`Format specifier '${format}' was invalid.`);
  }
}

export function plainText(value: NumberValue): string {
  if (typeof value === "bigint" || value instanceof Decimal) return value.toString();
  return doubleText(asDouble(value));
}

function whole(value: NumberValue, letter: string): bigint {
  if (typeof value === "bigint") return value;
  if (value instanceof Decimal || isDouble(value))
    throw new FormatProblem(`Format specifier '${letter.toUpperCase()}' was invalid.`);
  return BigInt(asDouble(value));
}

function decimalDigits(value: NumberValue, precision: number): string {
  const integer = whole(value, "d");
  const digits = (integer < 0n ? -integer : integer).toString().padStart(precision, "0");
  return integer < 0n ? `-${digits}` : digits;
}

function hexDigits(value: NumberValue, precision: number, upper: boolean): string {
  const integer = whole(value, "x");
  const bits = typeof value === "bigint" ? 64 : 32;
  const text = (integer < 0n ? BigInt.asUintN(bits, integer) : integer).toString(16).padStart(precision, "0");
  return upper ? text.toUpperCase() : text;
}

function hundredfold(value: NumberValue): NumberValue {
  if (isDouble(value)) return asDouble(value) * 100;
  return asDecimal(value).multiply(new Decimal(100n, 0));
}

function currency(text: string): string {
  return text.startsWith("-") ? `(¤${text.slice(1)})` : `¤${text}`;
}

function exponential(value: number, precision: number, letter: string): string {
  const [mantissa = "", exponent = "0"] = value.toExponential(Math.min(precision, 100)).split("e");
  const power = Number(exponent);
  return `${mantissa}${letter}${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(3, "0")}`;
}

function general(value: NumberValue, precision: number | undefined): string {
  if (precision === undefined || precision === 0) return plainText(value);
  return doubleText(Number(asDouble(value).toPrecision(Math.min(precision, 100))));
}
