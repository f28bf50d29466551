import { formatDate } from "../format/date-format.ts";
import { formatSpan } from "../format/span-format.ts";
import { compare } from "../operators/compare.ts";
import { DateTime } from "../values/date-time.ts";
import { toDouble } from "../values/double.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { floatAt, intAt, problem, textAt } from "./arguments.ts";
import { MemberTable } from "./table.ts";

const DAY_MS = 86_400_000;
const DAY_NAMES = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const UNIX_TICKS = 621_355_968_000_000_000n;

function spanAt(args: readonly Value[], index: number): TimeSpan {
  const value = args[index];
  if (value instanceof TimeSpan) return value;
  const parsed = typeof value === "string" ? TimeSpan.parse(value) : undefined;
  if (parsed) return parsed;
  throw problem("System.ArgumentException", "A TimeSpan was expected.");
}

export const DATE_MEMBERS = new MemberTable<DateTime>(
  {
    Date: (self) => new DateTime(Math.floor(self.wall / DAY_MS) * DAY_MS, self.kind),
    Day: (self) => self.fields.getUTCDate(),
    DayOfWeek: (self) => DAY_NAMES[self.fields.getUTCDay()] ?? null,
    DayOfYear: (self) => Math.floor((self.wall - Date.UTC(self.fields.getUTCFullYear(), 0, 1)) / DAY_MS) + 1,
    Hour: (self) => self.fields.getUTCHours(),
    Kind: (self) => self.kind,
    Millisecond: (self) => Math.trunc(((self.wall % 1000) + 1000) % 1000),
    Minute: (self) => self.fields.getUTCMinutes(),
    Month: (self) => self.fields.getUTCMonth() + 1,
    Second: (self) => self.fields.getUTCSeconds(),
    Ticks: (self) => self.ticks,
    TimeOfDay: (self) => new TimeSpan(((self.wall % DAY_MS) + DAY_MS) % DAY_MS),
    Year: (self) => self.fields.getUTCFullYear(),
    DateTime: (self) => formatDate(self, "F"),
  },
  {
    Add: (self, args) => self.add(spanAt(args, 0).ms),
    AddDays: (self, args) => self.add(floatAt(args, 0) * DAY_MS),
    AddHours: (self, args) => self.add(floatAt(args, 0) * 3_600_000),
    AddMilliseconds: (self, args) => self.add(floatAt(args, 0)),
    AddMinutes: (self, args) => self.add(floatAt(args, 0) * 60_000),
    AddMonths: (self, args) => self.addMonths(intAt(args, 0)),
    AddSeconds: (self, args) => self.add(floatAt(args, 0) * 1000),
    AddTicks: (self, args) => self.add(floatAt(args, 0) / 10_000),
    AddYears: (self, args) => self.addMonths(12 * intAt(args, 0)),
    CompareTo: (self, args) => Math.sign(compare(self, args[0] ?? null)),
    Equals: (self, args) => args[0] instanceof DateTime && args[0].wall === self.wall,
    GetDateTimeFormats: (self) => [formatDate(self, "d"), formatDate(self, "D"), formatDate(self, "G")],
    IsDaylightSavingTime: () => false,
    Subtract: (self, args) => (args[0] instanceof DateTime ? self.subtract(args[0]) : self.add(-spanAt(args, 0).ms)),
    ToFileTime: (self) => self.toUtc().ticks - 504_911_232_000_000_000n,
    ToLocalTime: (self) => self.toLocal(),
    ToLongDateString: (self) => formatDate(self, "D"),
    ToLongTimeString: (self) => formatDate(self, "T"),
    ToShortDateString: (self) => formatDate(self, "d"),
    ToShortTimeString: (self) => formatDate(self, "t"),
    ToOADate: (self) => toDouble((self.wall - Date.UTC(1899, 11, 30)) / DAY_MS),
    ToString: (self, args) => formatDate(self, textAt(args, 0)),
    ToUniversalTime: (self) => self.toUtc(),
    ToUnixTimeSeconds: (self) => (self.toUtc().ticks - UNIX_TICKS) / 10_000_000n,
  },
);

export const SPAN_MEMBERS = new MemberTable<TimeSpan>(
  {
    Days: (self) => self.part("days"),
    Hours: (self) => self.part("hours"),
    Milliseconds: (self) => self.part("milliseconds"),
    Minutes: (self) => self.part("minutes"),
    Seconds: (self) => self.part("seconds"),
    Ticks: (self) => self.ticks,
    TotalDays: (self) => toDouble(self.total("days")),
    TotalHours: (self) => toDouble(self.total("hours")),
    TotalMilliseconds: (self) => toDouble(self.total("milliseconds")),
    TotalMinutes: (self) => toDouble(self.total("minutes")),
    TotalSeconds: (self) => toDouble(self.total("seconds")),
  },
  {
    Add: (self, args) => new TimeSpan(self.ms + spanAt(args, 0).ms),
    CompareTo: (self, args) => Math.sign(compare(self, args[0] ?? null)),
    Duration: (self) => new TimeSpan(Math.abs(self.ms)),
    Equals: (self, args) => args[0] instanceof TimeSpan && args[0].ms === self.ms,
    Negate: (self) => new TimeSpan(-self.ms),
    Subtract: (self, args) => new TimeSpan(self.ms - spanAt(args, 0).ms),
    ToString: (self, args) => formatSpan(self, textAt(args, 0)),
  },
);
