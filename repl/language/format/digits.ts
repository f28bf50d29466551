import type { NumberValue } from "../convert/to-number.ts";
import { asDouble, isDouble } from "../operators/numeric.ts";
import { Decimal } from "../values/decimal.ts";

const MAX_PLACES = 100;

/** A number with so many places; halves are rounded away from zero, as .NET's formats do. */
export function fixedText(value: NumberValue, places: number): string {
  if (isDouble(value)) return fixedDouble(asDouble(value), places);
  const decimal =
    value instanceof Decimal ? value : new Decimal(BigInt(typeof value === "bigint" ? value : asDouble(value)), 0);
  const rounded = decimal.round(places, true);
  const text = rounded.toString();
  const dot = text.indexOf(".");
  if (places === 0) return text;
  const shown = dot < 0 ? 0 : text.length - dot - 1;
  return `${text}${dot < 0 ? "." : ""}${"0".repeat(Math.max(0, places - shown))}`;
}

function fixedDouble(value: number, places: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  // .NET formats the exact binary value; toFixed does the same, up to 1e21.
  const text =
    Math.abs(value) < 1e21
      ? value.toFixed(Math.min(places, MAX_PLACES))
      : `${BigInt(value)}${places > 0 ? `.${"0".repeat(places)}` : ""}`;
  return /^-0(\.0*)?$/.test(text) ? `-${text.slice(1)}` : text;
}

/** Puts `,` between thousands. */
export function grouped(text: string): string {
  const [, sign = "", integer = "", rest = ""] = /^(-?)(\d+)(.*)$/.exec(text) ?? [];
  if (integer === "") return text;
  return `${sign}${integer.replace(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}
