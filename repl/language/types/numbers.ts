import { parseNumber } from "../convert/parse-number.ts";
import { roundHalfEven } from "../convert/round.ts";
import { type NumberValue, tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { asDecimal, asDouble, isDouble } from "../operators/numeric.ts";
import { Decimal } from "../values/decimal.ts";
import { isInt, toDouble } from "../values/double.ts";
import { ReferenceBox } from "../values/reference-box.ts";
import type { Value } from "../values/value.ts";
import { CastProblem } from "./cast.ts";
import type { Caller, StaticMethod, TypeDefinition } from "./definition.ts";

interface IntegerType {
  readonly fullName: string;
  readonly accelerator: string;
  readonly names?: readonly string[];
  readonly bits: number;
  readonly signed: boolean;
}

const INTEGERS: readonly IntegerType[] = [
  { fullName: "System.Int32", accelerator: "int", names: ["int32"], bits: 32, signed: true },
  { fullName: "System.Int64", accelerator: "long", names: ["int64"], bits: 64, signed: true },
  { fullName: "System.Int16", accelerator: "short", names: ["int16"], bits: 16, signed: true },
  { fullName: "System.Byte", accelerator: "byte", bits: 8, signed: false },
  { fullName: "System.SByte", accelerator: "sbyte", bits: 8, signed: true },
  { fullName: "System.UInt16", accelerator: "ushort", names: ["uint16"], bits: 16, signed: false },
  { fullName: "System.UInt32", accelerator: "uint", names: ["uint32"], bits: 32, signed: false },
  { fullName: "System.UInt64", accelerator: "ulong", names: ["uint64"], bits: 64, signed: false },
];

function integerType({ fullName, accelerator, names = [], bits, signed }: IntegerType): TypeDefinition {
  const max = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const min = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const held = (value: bigint): Value =>
    bits > 32 ? value : BigInt.asIntN(32, value) === value ? Number(value) : value;
  const name = fullName.slice("System.".length);
  const convert = (value: Value): Value | undefined => {
    const whole = integerOf(value);
    if (whole === undefined) return undefined;
    if (whole > max || whole < min) {
      throw new CastProblem(
        `Value was either too large or too small for ${/^[AEIOU]/.test(name) && name[0] !== "U" ? "an" : "a"} ${name}.`,
      );
    }
    return held(whole);
  };
  return {
    fullName,
    accelerator,
    names,
    is: (value) => (accelerator === "int" ? isInt(value) : accelerator === "long" ? typeof value === "bigint" : false),
    convert,
    properties: { MaxValue: () => held(max), MinValue: () => held(min) },
    methods: parsers((text) => (/^\s*[+-]?\d+\s*$/.test(text) ? convert(text) : undefined)),
  };
}

function integerOf(value: Value): bigint | undefined {
  const number = typeof value === "string" ? fromText(value) : tryNumber(value);
  if (number === undefined) return undefined;
  if (typeof number === "bigint") return number;
  if (number instanceof Decimal) return number.round(0).truncate();
  const rounded = roundHalfEven(asDouble(number));
  if (!Number.isFinite(rounded)) throw new CastProblem("Value was either too large or too small for an Int32.");
  return BigInt(rounded);
}

function fromText(text: string): NumberValue {
  const number = parseNumber(text);
  if (number !== undefined) return number;
  throw new CastProblem(`The input string '${text}' was not in a correct format.`);
}

/** `Parse(text)` and `TryParse(text, [ref]$result)` */
function parsers(parse: (text: string) => Value | undefined): Record<string, StaticMethod> {
  return {
    Parse(args) {
      const text = toText(args[0] ?? null);
      const parsed = parse(text);
      if (parsed === undefined) throw new CastProblem(`The input string '${text}' was not in a correct format.`);
      return parsed;
    },
    TryParse(args) {
      const box = args.at(-1);
      const parsed = attempt(() => parse(toText(args[0] ?? null)));
      if (box instanceof ReferenceBox) box.set(parsed ?? 0);
      return parsed !== undefined;
    },
  };
}

function attempt(parse: () => Value | undefined): Value | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CastProblem) return undefined;
    throw error;
  }
}

function doubleOf(value: Value): Value | undefined {
  const number = typeof value === "string" ? fromText(value) : tryNumber(value);
  return number === undefined ? undefined : toDouble(asDouble(number));
}

const DOUBLE: TypeDefinition = {
  fullName: "System.Double",
  accelerator: "double",
  is: isDouble,
  convert: doubleOf,
  properties: {
    MaxValue: () => Number.MAX_VALUE,
    MinValue: () => -Number.MAX_VALUE,
    NaN: () => Number.NaN,
    PositiveInfinity: () => Number.POSITIVE_INFINITY,
    NegativeInfinity: () => Number.NEGATIVE_INFINITY,
    Epsilon: () => Number.MIN_VALUE,
  },
  methods: {
    ...parsers((text) => doubleOf(text)),
    IsNaN: (args) => Number.isNaN(asDouble(tryNumber(args[0] ?? null) ?? 0)),
  },
};

const SINGLE: TypeDefinition = {
  fullName: "System.Single",
  accelerator: "float",
  names: ["single"],
  is: () => false,
  convert(value) {
    const number = typeof value === "string" ? fromText(value) : tryNumber(value);
    return number === undefined ? undefined : toDouble(Number(Math.fround(asDouble(number)).toPrecision(7)));
  },
};

const DECIMAL: TypeDefinition = {
  fullName: "System.Decimal",
  accelerator: "decimal",
  is: (value) => value instanceof Decimal,
  convert(value) {
    const number = typeof value === "string" ? (Decimal.parse(value) ?? fromText(value)) : tryNumber(value);
    if (number === undefined) return undefined;
    try {
      return asDecimal(number);
    } catch (error) {
      throw error instanceof RangeError ? new CastProblem(error.message) : error;
    }
  },
  methods: parsers((text) => Decimal.parse(text)),
  properties: { MaxValue: () => new Decimal(2n ** 96n - 1n, 0), MinValue: () => new Decimal(1n - 2n ** 96n, 0) },
};

const BIGINT: TypeDefinition = {
  fullName: "System.Numerics.BigInteger",
  accelerator: "bigint",
  is: (value) => typeof value === "bigint",
  convert: integerOf,
  methods: {
    Pow: (args: readonly Value[], _caller: Caller) =>
      (integerOf(args[0] ?? 0) ?? 0n) ** (integerOf(args[1] ?? 0) ?? 0n),
  },
};

export const NUMBER_TYPES: readonly TypeDefinition[] = [...INTEGERS.map(integerType), DOUBLE, SINGLE, DECIMAL, BIGINT];
