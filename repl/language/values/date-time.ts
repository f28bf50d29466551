import { TimeSpan } from "./time-span.ts";

export type DateTimeKind = "Unspecified" | "Utc" | "Local";

/** Milliseconds from 0001-01-01 to 1970-01-01. */
const EPOCH_MS = 62_135_596_800_000;

/**
 * A `[datetime]`: what the clock on the wall shows (`wall`, milliseconds as if it were UTC) and which wall it is.
 * Local time is the process's time zone.
 */
export class DateTime {
  readonly wall: number;
  readonly kind: DateTimeKind;

  constructor(wall: number, kind: DateTimeKind = "Unspecified") {
    this.wall = wall;
    this.kind = kind;
  }

  /** The moment `ms` (milliseconds since 1970 UTC) on a local or UTC clock. */
  static at(ms: number, kind: "Utc" | "Local" = "Local"): DateTime {
    return kind === "Utc" ? new DateTime(ms, "Utc") : new DateTime(ms - offset(ms), "Local");
  }

  static now(): DateTime {
    return DateTime.at(Date.now());
  }

  /** From an ISO string (the SDK's dates) or a Date. */
  static from(moment: string | Date, kind: "Utc" | "Local" = "Local"): DateTime {
    return DateTime.at(typeof moment === "string" ? Date.parse(moment) : moment.getTime(), kind);
  }

  /** Milliseconds since 1970 UTC; an unspecified time counts as local. */
  get ms(): number {
    if (this.kind === "Utc") return this.wall;
    const near = this.wall + offset(this.wall);
    return this.wall + offset(near);
  }

  get ticks(): bigint {
    return BigInt(Math.round((this.wall + EPOCH_MS) * 10_000));
  }

  /** The wall clock's fields through a Date whose UTC fields are the wall's. */
  get fields(): Date {
    return new Date(this.wall);
  }

  toLocal(): DateTime {
    return this.kind === "Local" ? this : DateTime.at(this.kind === "Utc" ? this.wall : this.wall, "Local");
  }

  toUtc(): DateTime {
    return this.kind === "Utc" ? this : DateTime.at(this.ms, "Utc");
  }

  add(ms: number): DateTime {
    return new DateTime(this.wall + ms, this.kind);
  }

  /** The same day of a later month, or its last day. */
  addMonths(months: number): DateTime {
    const { fields } = this;
    const day = fields.getUTCDate();
    const moved = new Date(this.wall);
    moved.setUTCDate(1);
    moved.setUTCMonth(fields.getUTCMonth() + months);
    moved.setUTCDate(Math.min(day, daysInMonth(moved.getUTCFullYear(), moved.getUTCMonth() + 1)));
    return new DateTime(moved.getTime(), this.kind);
  }

  /** Between two clocks' readings; kinds are not compared, as in .NET. */
  subtract(other: DateTime): TimeSpan {
    return new TimeSpan(this.wall - other.wall);
  }

  toString(): string {
    return new Date(this.ms).toISOString();
  }
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** What has to be added to the local wall clock to get UTC, in milliseconds. */
function offset(ms: number): number {
  return Number.isFinite(ms) ? new Date(ms).getTimezoneOffset() * 60_000 : 0;
}
