import type { TimeSpan } from "../values/time-span.ts";

const PARTS = /'([^']*)'|"([^"]*)"|\\(.)|%?(d{1,8}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7})|(.)/gs;

/** A time span by a .NET format: `c`, `g`, `G`, or a picture such as `hh\:mm\:ss`. */
export function formatSpan(span: TimeSpan, format: string): string {
  if (format === "" || format === "c" || format === "t" || format === "T") return span.toString();
  if (format === "g" || format === "G") return general(span, format === "G");
  return format.replace(PARTS, (_whole, single, double, escaped, part, other) =>
    part === undefined ? (single ?? double ?? escaped ?? other) : field(span, part),
  );
}

function field(span: TimeSpan, part: string): string {
  const padded = (value: number) => String(Math.abs(value)).padStart(part.length, "0");
  switch (part[0]) {
    case "d":
      return padded(span.part("days"));
    case "h":
      return padded(span.part("hours"));
    case "m":
      return padded(span.part("minutes"));
    case "s":
      return padded(span.part("seconds"));
    default: {
      const digits = fraction(span).slice(0, part.length);
      return part[0] === "f" ? digits : digits.replace(/0+$/, "");
    }
  }
}

function fraction(span: TimeSpan): string {
  const { ticks } = span;
  return String((ticks < 0n ? -ticks : ticks) % 10_000_000n).padStart(7, "0");
}

function general(span: TimeSpan, full: boolean): string {
  const two = (value: number) => String(Math.abs(value)).padStart(2, "0");
  const days = Math.abs(span.part("days"));
  const hours = full ? two(span.part("hours")) : String(Math.abs(span.part("hours")));
  const digits = full
    ? `.${fraction(span)}`
    : fraction(span)
        .replace(/0+$/, "")
        .replace(/^(?=.)/, ".");
  const lead = full || days > 0 ? `${days}:` : "";
  return `${span.ms < 0 ? "-" : ""}${lead}${hours}:${two(span.part("minutes"))}:${two(span.part("seconds"))}${digits}`;
}
