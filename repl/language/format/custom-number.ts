import type { NumberValue } from "../convert/to-number.ts";
import { asDouble } from "../operators/numeric.ts";
import { Decimal } from "../values/decimal.ts";
import { fixedText } from "./digits.ts";

/** A number by a picture: `0.00`, `#,##0`, `000-00`, `0.0%`, sections for positive, negative and zero. */
export function customNumber(value: NumberValue, format: string): string {
  const sections = splitSections(format);
  const number = asDouble(value);
  const negative = number < 0;
  const chosen =
    number === 0 && sections[2] ? sections[2] : negative && sections[1] ? sections[1] : (sections[0] ?? "");
  const picture = apply(magnitude(value), chosen);
  return negative && !sections[1] && /[1-9]/.test(picture) ? `-${picture}` : picture;
}

function magnitude(value: NumberValue): NumberValue {
  if (typeof value === "bigint") return value < 0n ? -value : value;
  if (value instanceof Decimal) return value.units < 0n ? new Decimal(-value.units, value.scale) : value;
  return Math.abs(asDouble(value));
}

function splitSections(format: string): string[] {
  return format.match(/(?:'[^']*'|"[^"]*"|\\.|[^;])+|(?<=;)(?=;|$)/g) ?? [""];
}

interface Picture {
  readonly zeros: number;
  readonly places: number;
  readonly required: number;
  readonly groups: boolean;
  readonly scale: number;
}

/** The parts of a picture: quoted text, escaped characters, placeholders, and anything else. */
const PARTS = /'([^']*)'|"([^"]*)"|\\(.)|([0#.,%‰])|(.)/gs;

function measure(format: string): Picture {
  const bare = format.replace(/'[^']*'|"[^"]*"|\\./gs, "");
  const [integer = "", ...rest] = bare.split(".");
  const fraction = rest.join("").replace(/[^0#]/g, "");
  const trailing = /[0#](,+)(?=[^0#,]*$)/.exec(integer)?.[1]?.length ?? 0;
  const digits = integer.replace(/[^0#]/g, "");
  const firstZero = digits.indexOf("0");
  return {
    zeros: firstZero < 0 ? 0 : digits.length - firstZero,
    places: fraction.length,
    required: fraction.lastIndexOf("0") + 1,
    groups: /[0#],+[0#]/.test(integer),
    scale: (bare.includes("%") ? 100 : bare.includes("‰") ? 1000 : 1) / 1000 ** trailing,
  };
}

function apply(value: NumberValue, format: string): string {
  const picture = measure(format);
  const scaled = picture.scale === 1 ? value : asDouble(value) * picture.scale;
  const [integer = "", fraction = ""] = fixedText(scaled, picture.places).split(".");
  const shown = fraction.replace(/0+$/, "").padEnd(picture.required, "0");
  let digits = (integer === "0" ? "" : integer).padStart(picture.zeros, "0");
  if (picture.groups) digits = digits.replace(/\B(?=(\d{3})+$)/g, ",");
  return place(format, digits, shown);
}

/** Puts the digits in: all of the integer's at the first placeholders, right-aligned where text stands between. */
function place(format: string, integer: string, fraction: string): string {
  const holders = [...(format.replace(/'[^']*'|"[^"]*"|\\./gs, "").split(".")[0] ?? "")].filter((c) =>
    /[0#]/.test(c),
  ).length;
  let left = integer.replaceAll(",", "").length - holders;
  let at = 0;
  let after = 0;
  let inFraction = false;
  let out = "";
  const takeDigit = () => {
    while (integer[at] === ",") out += integer[at++];
    out += integer[at++] ?? "";
  };
  let index = 0;
  const total = integer.replaceAll(",", "").length;
  for (const [, single, double, escaped, holder, other] of format.matchAll(PARTS)) {
    if (holder === "0" || holder === "#") {
      if (inFraction) out += fraction[after++] ?? "";
      else {
        for (; left > 0; left -= 1) takeDigit();
        if (holders - index <= total) takeDigit();
        index += 1;
      }
    } else if (holder === ".") {
      if (!inFraction && fraction !== "") out += ".";
      inFraction = true;
    } else if (holder === "%" || holder === "‰") out += holder;
    else out += single ?? double ?? escaped ?? other ?? "";
  }
  return out;
}
