import type { DateTime } from "../values/date-time.ts";

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
export const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Standard formats of the invariant culture, where `d` and `D` follow en-US as PowerShell's users know them. */
const STANDARD: Readonly<Record<string, string>> = {
  d: "MM/dd/yyyy",
  D: "dddd, dd MMMM yyyy",
  t: "HH:mm",
  T: "HH:mm:ss",
  f: "dddd, dd MMMM yyyy HH:mm",
  F: "dddd, dd MMMM yyyy HH:mm:ss",
  g: "MM/dd/yyyy HH:mm",
  G: "MM/dd/yyyy HH:mm:ss",
  m: "MMMM dd",
  M: "MMMM dd",
  y: "yyyy MMMM",
  Y: "yyyy MMMM",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
};

const PARTS =
  /'([^']*)'|"([^"]*)"|\\(.)|%?(d{1,4}|M{1,4}|y{1,5}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|t{1,2}|z{1,3}|K|g{1,2})|%(.)|(.)/gs;

/** A date by a .NET format: one letter for a standard one, otherwise a picture such as `yyyy-MM-dd HH:mm`. */
export function formatDate(date: DateTime, format: string): string {
  const picture = format === "" ? STANDARD.G : format.length === 1 ? STANDARD[format] : format;
  const shown = format === "u" || format === "r" || format === "R" ? date.toUtc() : date;
  return (picture ?? format).replace(PARTS, (_whole, single, double, escaped, part, forced, other) =>
    part === undefined ? (single ?? double ?? escaped ?? forced ?? other) : field(shown, part),
  );
}

function field(date: DateTime, part: string): string {
  const { fields } = date;
  const padded = (value: number) => String(value).padStart(Math.min(part.length, 2), "0");
  switch (part[0]) {
    case "d":
      if (part.length >= 3) return short(DAYS[fields.getUTCDay()], part.length);
      return padded(fields.getUTCDate());
    case "M":
      if (part.length >= 3) return short(MONTHS[fields.getUTCMonth()], part.length);
      return padded(fields.getUTCMonth() + 1);
    case "y":
      return year(fields.getUTCFullYear(), part.length);
    case "H":
      return padded(fields.getUTCHours());
    case "h":
      return padded(fields.getUTCHours() % 12 || 12);
    case "m":
      return padded(fields.getUTCMinutes());
    case "s":
      return padded(fields.getUTCSeconds());
    case "f":
      return fraction(date).slice(0, part.length);
    case "F":
      return fraction(date).slice(0, part.length).replace(/0+$/, "");
    case "t":
      return (fields.getUTCHours() < 12 ? "AM" : "PM").slice(0, part.length);
    case "g":
      return "A.D.";
    default:
      return zone(date, part);
  }
}

function short(name: string | undefined, length: number): string {
  return (name ?? "").slice(0, length === 3 ? 3 : undefined);
}

function year(value: number, length: number): string {
  return length <= 2 ? String(value % 100).padStart(length, "0") : String(value).padStart(length, "0");
}

/** Seven digits of the second's fraction. */
function fraction(date: DateTime): string {
  return String(Number(((date.ticks % 10_000_000n) + 10_000_000n) % 10_000_000n)).padStart(7, "0");
}

function zone(date: DateTime, part: string): string {
  if (part === "K" && date.kind === "Unspecified") return "";
  if (part === "K" && date.kind === "Utc") return "Z";
  const minutes = date.kind === "Utc" ? 0 : Math.round((date.wall - date.ms) / 60_000);
  const sign = minutes < 0 ? "-" : "+";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = String(Math.abs(minutes) % 60).padStart(2, "0");
  if (part === "z") return `${sign}${hours}`;
  const two = String(hours).padStart(2, "0");
  return part === "zz" ? `${sign}${two}` : `${sign}${two}:${rest}`;
}
