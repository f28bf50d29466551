import { DateTime } from "../values/date-time.ts";
import { MONTHS } from "./date-format.ts";

const TIME = String.raw`(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(?:\s*([AP]M))?)?\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2})?`;
const ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?${TIME}$`, "i");
const AMERICAN = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${TIME}$`, "i");
const NAMED = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?(?:(\\d{1,2})[ -]([a-z]{3,9})|([a-z]{3,9})\\s+(\\d{1,2})),?[ -]+(\\d{4})${TIME}$`,
  "i",
);
const CLOCK = new RegExp(`^()${TIME.replace("[ T]+", "")}$`, "i");

/** Reads a date as the invariant culture writes it (month first), ISO 8601, or with the month's name. */
export function parseDate(text: string): DateTime | undefined {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso) return make(Number(iso[1]), Number(iso[2]), Number(iso[3] ?? 1), iso.slice(4));
  const american = AMERICAN.exec(trimmed);
  if (american) return make(fullYear(american[3] ?? ""), Number(american[1]), Number(american[2]), american.slice(4));
  const named = NAMED.exec(trimmed);
  if (named) {
    const month = monthNumber(named[2] ?? named[3] ?? "");
    return month === 0 ? undefined : make(Number(named[5]), month, Number(named[1] ?? named[4]), named.slice(6));
  }
  const clock = /\d:\d/.test(trimmed) ? CLOCK.exec(trimmed) : null;
  if (clock === null) return undefined;
  const today = DateTime.now().fields;
  return make(today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate(), clock.slice(2));
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function monthNumber(name: string): number {
  const wanted = name.toLowerCase();
  return MONTHS.findIndex((month) => month.toLowerCase() === wanted || month.slice(0, 3).toLowerCase() === wanted) + 1;
}

function make(year: number, month: number, day: number, time: readonly (string | undefined)[]): DateTime | undefined {
  const [hours = "0", minutes = "0", seconds = "0", fraction = "0", half, zone] = time;
  let hour = Number(hours);
  if (half !== undefined) hour = (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  const base = new Date(Date.UTC(year, month - 1, day, hour, Number(minutes), Number(seconds)));
  base.setUTCFullYear(year, month - 1, day);
  const valid =
    base.getUTCMonth() === month - 1 &&
    base.getUTCDate() === day &&
    hour < 24 &&
    Number(minutes) < 60 &&
    Number(seconds) < 60;
  if (!valid) return undefined;
  const wall = base.getTime() + Number(`0.${fraction}`) * 1000;
  if (zone === undefined) return new DateTime(wall);
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  const shift = offset ? (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === "-" ? -60_000 : 60_000) : 0;
  return DateTime.at(wall - shift, "Local");
}
