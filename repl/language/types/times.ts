import { isNumber, toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { parseDate } from "../format/parse-date.ts";
import { parseExact } from "../format/parse-exact.ts";
import { floatAt, intAt, problem, textAt } from "../members/arguments.ts";
import { compare } from "../operators/compare.ts";
import { asDouble } from "../operators/numeric.ts";
import { DateTime, daysInMonth } from "../values/date-time.ts";
import { itemsOf } from "../values/items.ts";
import { ReferenceBox } from "../values/reference-box.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { CastProblem } from "./cast.ts";
import type { TypeDefinition } from "./definition.ts";

const EPOCH_MS = 62_135_596_800_000;
const DAY_MS = 86_400_000;

function fromTicks(ticks: number): DateTime {
  return new DateTime(ticks / 10_000 - EPOCH_MS);
}

function dateOf(value: Value): Value | undefined {
  if (value instanceof DateTime) return value;
  if (isNumber(value)) return fromTicks(asDouble(value));
  if (typeof value !== "string") return undefined;
  const parsed = parseDate(value);
  if (parsed === undefined) throw new CastProblem(`String '${value}' was not recognized as a valid DateTime.`);
  return parsed;
}

export const DATE_TYPE: TypeDefinition = {
  fullName: "System.DateTime",
  accelerator: "datetime",
  is: (value) => value instanceof DateTime,
  convert: dateOf,
  properties: {
    Now: () => DateTime.now(),
    UtcNow: () => DateTime.at(Date.now(), "Utc"),
    Today: () => new DateTime(Math.floor(DateTime.now().wall / DAY_MS) * DAY_MS, "Local"),
    MinValue: () => new DateTime(-EPOCH_MS),
    MaxValue: () => new DateTime(253_402_300_799_999),
  },
  methods: {
    Compare: (args) => Math.sign(compare(args[0] ?? null, args[1] ?? null)),
    DaysInMonth: (args) => daysInMonth(intAt(args, 0), intAt(args, 1)),
    FromFileTime: (args) => DateTime.at(floatAt(args, 0) / 10_000 - 11_644_473_600_000),
    IsLeapYear: (args) => daysInMonth(intAt(args, 0), 2) === 29,
    Parse: (args) => dateOf(textAt(args, 0)) ?? null,
    ParseExact: (args) => exact(args),
    SpecifyKind: (args) => new DateTime(args[0] instanceof DateTime ? args[0].wall : 0, kindOf(args[1])),
    TryParse: (args) => tryParse(parseDate(textAt(args, 0)), args),
    TryParseExact: (args) => tryParse(parseExact(textAt(args, 0), textAt(args, 1)), args),
  },
  construct(args) {
    if (args.length === 0) return new DateTime(-EPOCH_MS);
    if (args.length === 1) return fromTicks(floatAt(args, 0));
    const [year, month, day, hour, minute, second, ms] = [0, 1, 2, 3, 4, 5, 6].map((index) => intAt(args, index));
    return new DateTime(Date.UTC(year ?? 1, (month ?? 1) - 1, day, hour, minute, second, ms));
  },
};

function kindOf(value: Value | undefined): "Utc" | "Local" | "Unspecified" {
  const text = toText(value ?? null).toLowerCase();
  return text === "utc" ? "Utc" : text === "local" ? "Local" : "Unspecified";
}

function exact(args: readonly Value[]): Value {
  const formats = itemsOf(args[1] ?? null) ?? [args[1] ?? ""];
  for (const format of formats) {
    const parsed = parseExact(textAt(args, 0), toText(format));
    if (parsed) return parsed;
  }
  throw problem("System.FormatException", `String '${textAt(args, 0)}' was not recognized as a valid DateTime.`);
}

function tryParse(parsed: Value | undefined, args: readonly Value[]): boolean {
  const box = args.at(-1);
  if (box instanceof ReferenceBox) box.set(parsed ?? new DateTime(-EPOCH_MS));
  return parsed !== undefined;
}

export const SPAN_TYPE: TypeDefinition = {
  fullName: "System.TimeSpan",
  accelerator: "timespan",
  is: (value) => value instanceof TimeSpan,
  convert(value) {
    if (value instanceof TimeSpan) return value;
    if (isNumber(value)) return new TimeSpan(toFloat(value) / 10_000);
    if (typeof value !== "string") return undefined;
    const parsed = TimeSpan.parse(value);
    if (parsed === undefined) throw new CastProblem(`String '${value}' was not recognized as a valid TimeSpan.`);
    return parsed;
  },
  properties: { Zero: () => new TimeSpan(0) },
  methods: {
    FromDays: (args) => new TimeSpan(floatAt(args, 0) * DAY_MS),
    FromHours: (args) => new TimeSpan(floatAt(args, 0) * 3_600_000),
    FromMilliseconds: (args) => new TimeSpan(floatAt(args, 0)),
    FromMinutes: (args) => new TimeSpan(floatAt(args, 0) * 60_000),
    FromSeconds: (args) => new TimeSpan(floatAt(args, 0) * 1000),
    FromTicks: (args) => new TimeSpan(floatAt(args, 0) / 10_000),
    Parse: (args) => TimeSpan.parse(textAt(args, 0)) ?? null,
  },
  construct(args) {
    if (args.length === 1) return new TimeSpan(floatAt(args, 0) / 10_000);
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = args.map((_, index) => intAt(args, index));
    if (args.length <= 3) return TimeSpan.of({ hours: a, minutes: b, seconds: c });
    return TimeSpan.of({ days: a, hours: b, minutes: c, seconds: d, milliseconds: e });
  },
};
