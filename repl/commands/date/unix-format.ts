import { formatDate } from "../../language/format/date-format.ts";
import type { DateTime } from "../../language/index.ts";

const day = 86_400_000;

/** Pictures of .NET for the conversions that have one. */
const pictures: Readonly<Record<string, string>> = {
  A: "dddd",
  a: "ddd",
  B: "MMMM",
  b: "MMM",
  c: "ddd dd MMM yyyy HH:mm:ss",
  D: "MM/dd/yy",
  d: "dd",
  F: "yyyy-MM-dd",
  H: "HH",
  h: "MMM",
  I: "hh",
  M: "mm",
  m: "MM",
  p: "tt",
  R: "HH:mm",
  r: "hh:mm:ss tt",
  S: "ss",
  T: "HH:mm:ss",
  X: "HH:mm:ss",
  x: "MM/dd/yy",
  Y: "yyyy",
  y: "yy",
  Z: "zz",
};

/** A date by a Unix format such as `%Y-%m-%d`, as `Get-Date -UFormat` has it. */
export function unixFormat(date: DateTime, format: string): string {
  return format.replace(/^\+/, "").replace(/%(.)/gs, (_whole, letter: string) => conversion(date, letter));
}

function conversion(date: DateTime, letter: string): string {
  const { fields } = date;
  const two = (value: number) => String(value).padStart(2, "0");
  const padded = (value: number) => String(value).padStart(2, " ");
  const picture = Object.hasOwn(pictures, letter) ? pictures[letter] : undefined;
  // A picture of one letter would be taken for a standard format.
  if (picture !== undefined) return formatDate(date, picture);
  switch (letter) {
    case "C":
      return two(Math.floor(fields.getUTCFullYear() / 100));
    case "e":
      return padded(fields.getUTCDate());
    case "G":
      return String(isoWeek(fields).year);
    case "g":
      return two(isoWeek(fields).year % 100);
    case "j":
      return String(dayOfYear(fields)).padStart(3, "0");
    case "k":
      return padded(fields.getUTCHours());
    case "l":
      return padded(fields.getUTCHours() % 12 || 12);
    case "n":
      return "\n";
    case "s":
      return String(Math.floor(date.ms / 1000));
    case "t":
      return "\t";
    case "U":
    case "W":
      return two(Math.floor((dayOfYear(fields) + 6 - ((fields.getUTCDay() + (letter === "W" ? 6 : 0)) % 7)) / 7));
    case "u":
      return String(fields.getUTCDay() || 7);
    case "V":
      return two(isoWeek(fields).week);
    case "w":
      return String(fields.getUTCDay());
    default:
      return letter;
  }
}

function dayOfYear(fields: Date): number {
  return Math.floor((fields.getTime() - Date.UTC(fields.getUTCFullYear(), 0, 1)) / day) + 1;
}

/** The week that holds the year's first Thursday is week 1. */
function isoWeek(fields: Date): { readonly year: number; readonly week: number } {
  const weekday = fields.getUTCDay() || 7;
  const thursday = new Date(fields.getTime() + (4 - weekday) * day);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}
