import { DateTime } from "../values/date-time.ts";
import { MONTHS } from "./date-format.ts";

const PARTS = /'([^']*)'|\\(.)|(d{1,4}|M{1,4}|y{2,4}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|t{1,2}|z{1,3}|K)|(.)/gs;

/** Reads a date that has exactly the form of a .NET picture such as `yyyyMMdd-HHmm`. */
export function parseExact(text: string, picture: string): DateTime | undefined {
  const names: string[] = [];
  const source = picture.replace(PARTS, (_whole, quoted, escaped, part, other) => {
    if (part === undefined) return escapeText(quoted ?? escaped ?? other);
    names.push(part);
    return `(${pattern(part)})`;
  });
  const match = new RegExp(`^${source}$`, "i").exec(text.trim());
  if (match === null) return undefined;
  const value = new Map(
    names.map((name, index) => [name.charAt(0), { text: match[index + 1] ?? "", length: name.length }]),
  );
  const number = (letter: string, otherwise: number) => {
    const found = value.get(letter);
    return found === undefined || !/^\d+$/.test(found.text) ? otherwise : Number(found.text);
  };
  const month = monthOf(value.get("M")?.text);
  const half = value.get("t")?.text.toLowerCase();
  const hour = value.has("h") ? (number("h", 0) % 12) + (half?.startsWith("p") ? 12 : 0) : number("H", 0);
  const year = number("y", new Date().getFullYear());
  const ms = Number(`0.${value.get("f")?.text ?? "0"}`) * 1000;
  const wall = Date.UTC(
    year < 100 ? 2000 + year : year,
    month - 1,
    number("d", 1),
    hour,
    number("m", 0),
    number("s", 0),
  );
  const made = new DateTime(wall + ms);
  return Number.isNaN(wall) || made.fields.getUTCMonth() !== month - 1 ? undefined : made;
}

function pattern(part: string): string {
  switch (part.charAt(0)) {
    case "t":
      return part.length === 1 ? "[AP]" : "[AP]M";
    case "z":
    case "K":
      return "Z|[+-]\\d{1,2}(?::?\\d{2})?";
    case "M":
    case "d":
      return part.length > 2 ? "[A-Za-z]+" : part.length === 2 ? "\\d{2}" : "\\d{1,2}";
    default:
      return part.length === 1 ? "\\d{1,2}" : `\\d{${part.length}}`;
  }
}

function monthOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^\d+$/.test(text)) return Number(text);
  return MONTHS.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase())) + 1;
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.|?*+(){}[\]]/g, "\\$&");
}
