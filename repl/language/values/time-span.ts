const TICKS_PER_MS = 10_000;
const PARTS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, milliseconds: 1 } as const;

/** A `[timespan]`, held in milliseconds (a fraction down to 100 ns). */
export class TimeSpan {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  static of(parts: { readonly [part in keyof typeof PARTS]?: number }): TimeSpan {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = parts;
    return new TimeSpan(
      days * PARTS.days + hours * PARTS.hours + minutes * PARTS.minutes + seconds * PARTS.seconds + milliseconds,
    );
  }

  /** Reads `1.02:03:04.5`, `02:03`, `5` (days); undefined when it is none of them. */
  static parse(text: string): TimeSpan | undefined {
    const whole = /^\s*(-)?(\d{1,8})\s*$/.exec(text);
    if (whole) return new TimeSpan(Number(whole[2]) * PARTS.days * (whole[1] ? -1 : 1));
    const parts =
      /^\s*(-)?(?:(\d{1,8})(?:\.|:(?=\d+:\d+:)))?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?\s*$/.exec(text);
    if (parts === null) return undefined;
    const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = "0"] = parts;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
    const span = TimeSpan.of({
      days: Number(days),
      hours: Number(hours),
      minutes: Number(minutes),
      seconds: Number(seconds),
    });
    const ms = span.ms + Number(`0.${fraction}`) * 1000;
    return new TimeSpan(sign ? -ms : ms);
  }

  get ticks(): bigint {
    return BigInt(Math.round(this.ms * TICKS_PER_MS));
  }

  /** Whole parts, as `.Days`, `.Hours`, ... give them. All negative for a negative span. */
  part(name: keyof typeof PARTS): number {
    const count = Math.trunc(this.ms / PARTS[name]);
    if (name === "days") return count;
    return (count % (name === "hours" ? 24 : name === "milliseconds" ? 1000 : 60)) + 0;
  }

  /** The whole span in one unit, as `.TotalDays`, ... give it. */
  total(name: keyof typeof PARTS): number {
    return this.ms / PARTS[name];
  }

  /** `[d.]hh:mm:ss[.fffffff]` */
  toString(): string {
    const two = (value: number) => String(Math.abs(value)).padStart(2, "0");
    const fraction = Number(magnitude(this.ticks) % 10_000_000n);
    const days = Math.abs(this.part("days"));
    const time = `${two(this.part("hours"))}:${two(this.part("minutes"))}:${two(this.part("seconds"))}`;
    const sign = this.ms < 0 ? "-" : "";
    return `${sign}${days > 0 ? `${days}.` : ""}${time}${fraction > 0 ? `.${String(fraction).padStart(7, "0")}` : ""}`;
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
