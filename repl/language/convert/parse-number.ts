import { Decimal } from "../values/decimal.ts";
import { type Double, toDouble } from "../values/double.ts";

const MULTIPLIERS: Readonly<Record<string, bigint>> = {
  kb: 1n << 10n,
  mb: 1n << 20n,
  gb: 1n << 30n,
  tb: 1n << 40n,
  pb: 1n << 50n,
};

const NUMBER =
  /^([+-]?)(?:0x([0-9a-f]+)(u?l|l|n|us|s|uy|y|u)?|0b([01]+)(l|n)?|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(l|d|n|ul|us|s|uy|y|u)?)(kb|mb|gb|tb|pb)?$/i;

/**
 * Reads a number as the language writes it: `12`, `0x1F`, `0b101`, `1.5`, `1e3`, `10L`, `1.5d`, `4GB`. The smallest type
 * that holds it: int, long, decimal, double. Undefined when the text is not a number.
 */
export function parseNumber(text: string): number | bigint | Double | Decimal | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return 0;
  const parts = NUMBER.exec(trimmed);
  if (parts === null) return undefined;
  const [, sign = "", hex, hexSuffix, binary, binarySuffix, digits = "", suffix, unit] = parts;
  const multiplier = unit === undefined ? 1n : (MULTIPLIERS[unit.toLowerCase()] ?? 1n);
  const negative = sign === "-";
  if (hex !== undefined) return whole(radix(`0x${hex}`, hex.length), multiplier, negative, hexSuffix);
  if (binary !== undefined) return whole(radix(`0b${binary}`, binary.length / 4), multiplier, negative, binarySuffix);
  if (suffix?.toLowerCase() === "d") return exact(digits, multiplier, negative);
  if (/^\d+$/.test(digits)) return whole(BigInt(digits), multiplier, negative, suffix);
  if (suffix !== undefined) return whole(BigInt(Math.round(Number(digits))), multiplier, negative, suffix);
  const value = Number(digits) * Number(multiplier);
  return toDouble(negative ? -value : value);
}

/** Hexadecimal digits that fill 8 or 16 places are a negative number, as in .NET. */
function radix(text: string, places: number): bigint {
  const value = BigInt(text);
  if (places === 8) return BigInt.asIntN(32, value);
  return places === 16 ? BigInt.asIntN(64, value) : value;
}

function exact(digits: string, multiplier: bigint, negative: boolean): Decimal | undefined {
  const parsed = Decimal.parse(digits);
  if (parsed === undefined) return undefined;
  const { units, scale } = parsed;
  return Decimal.of(units * multiplier * (negative ? -1n : 1n), scale);
}

function whole(
  magnitude: bigint,
  multiplier: bigint,
  negative: boolean,
  suffix: string | undefined,
): number | bigint | Double | Decimal {
  const value = magnitude * multiplier * (negative ? -1n : 1n);
  if (suffix !== undefined && /l|n/i.test(suffix)) return value;
  if (BigInt.asIntN(32, value) === value) return Number(value);
  if (BigInt.asIntN(64, value) === value) return value;
  const limit = (1n << 96n) - 1n;
  return value <= limit && value >= -limit ? new Decimal(value, 0) : toDouble(Number(value));
}
