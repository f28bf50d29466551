import { roundHalfEven } from "../convert/round.ts";
import { type NumberValue, toNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { floatAt, intAt, problem } from "../members/arguments.ts";
import { negate } from "../operators/arithmetic.ts";
import { asDouble, compareNumbers, isDouble } from "../operators/numeric.ts";
import { Decimal } from "../values/decimal.ts";
import { toDouble } from "../values/double.ts";
import type { Value } from "../values/value.ts";
import type { StaticMethod, TypeDefinition } from "./definition.ts";

const ofDouble =
  (operation: (value: number) => number): StaticMethod =>
  (args) =>
    toDouble(operation(floatAt(args, 0)));

/** A number argument with its type: decimals stay decimals, everything else is a double. */
function numberAt(args: readonly Value[], index: number): NumberValue {
  return toNumber(args[index] ?? 0);
}

/** `Round(value[, places][, "AwayFromZero"])`: halves to even unless told otherwise. */
function round(args: readonly Value[]): Value {
  const value = numberAt(args, 0);
  const away = args
    .slice(1)
    .some((arg) => /awayfromzero/i.test(toText(arg)) || (args.length === 3 && arg === args[2] && arg === 1));
  const places = args.length > 1 && !/[a-z]/i.test(toText(args[1] ?? 0)) ? intAt(args, 1) : 0;
  if (places < 0 || places > 28) {
    throw problem(
      "System.ArgumentOutOfRangeException",
      "Rounding digits must be between 0 and 15, inclusive. (Parameter 'digits')",
    );
  }
  if (value instanceof Decimal) return value.round(places, away);
  return toDouble(roundDouble(asDouble(value), Math.min(places, 15), away));
}

export function roundDouble(value: number, places: number, away: boolean): number {
  if (Math.abs(value) >= 1e16) return value;
  const power = 10 ** places;
  const scaled = value * power;
  const rounded = away ? Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5) : roundHalfEven(scaled);
  return rounded / power;
}

function part(operation: (value: number) => number, ofDecimal: (value: Decimal) => bigint): StaticMethod {
  return (args) => {
    const value = numberAt(args, 0);
    return value instanceof Decimal ? new Decimal(ofDecimal(value), 0) : toDouble(operation(asDouble(value)));
  };
}

function floorOf(value: Decimal): bigint {
  const whole = value.truncate();
  return value.units < 0n && new Decimal(whole, 0).compare(value) !== 0 ? whole - 1n : whole;
}

/** The larger (1) or smaller (-1) of two numbers. */
function pick(sign: 1 | -1, args: readonly Value[]): NumberValue {
  const [left, right] = [numberAt(args, 0), numberAt(args, 1)];
  const chosen = compareNumbers(left, right) * sign >= 0 ? left : right;
  return isDouble(left) || isDouble(right) ? toDouble(asDouble(chosen)) : chosen;
}

export const MATH_TYPE: TypeDefinition = {
  fullName: "System.Math",
  accelerator: "math",
  is: () => false,
  properties: { PI: () => Math.PI, E: () => Math.E, Tau: () => 2 * Math.PI },
  methods: {
    Abs(args) {
      const value = numberAt(args, 0);
      return compareNumbers(value, 0) < 0 ? negate(value) : value;
    },
    Acos: ofDouble(Math.acos),
    Asin: ofDouble(Math.asin),
    Atan: ofDouble(Math.atan),
    Atan2: (args) => toDouble(Math.atan2(floatAt(args, 0), floatAt(args, 1))),
    Ceiling: part(Math.ceil, (value) => -floorOf(new Decimal(-value.units, value.scale))),
    Clamp: (args) => pick(-1, [pick(1, args), args[2] ?? 0]),
    Cos: ofDouble(Math.cos),
    Cbrt: ofDouble(Math.cbrt),
    DivRem: (args) => [Math.trunc(intAt(args, 0) / intAt(args, 1)), intAt(args, 0) % intAt(args, 1)],
    Exp: ofDouble(Math.exp),
    Floor: part(Math.floor, floorOf),
    Log: (args) =>
      toDouble(args.length > 1 ? Math.log(floatAt(args, 0)) / Math.log(floatAt(args, 1)) : Math.log(floatAt(args, 0))),
    Log10: ofDouble(Math.log10),
    Log2: ofDouble(Math.log2),
    Max: (args) => pick(1, args),
    Min: (args) => pick(-1, args),
    Pow: (args) => toDouble(floatAt(args, 0) ** floatAt(args, 1)),
    Round: round,
    Sign: (args) => compareNumbers(numberAt(args, 0), 0),
    Sin: ofDouble(Math.sin),
    Sqrt: ofDouble(Math.sqrt),
    Tan: ofDouble(Math.tan),
    Truncate: part(Math.trunc, (value) => value.truncate()),
  },
};
