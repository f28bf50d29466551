import { isNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import { Char } from "../values/char.ts";
import { DateTime } from "../values/date-time.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { formatDate } from "./date-format.ts";
import { FormatProblem, formatNumber } from "./number-format.ts";
import { formatSpan } from "./span-format.ts";

/** A value by a format string: what `.ToString("n2")` and `{0:n2}` give. */
export function formatValue(value: Value, format: string): string {
  if (isNumber(value)) return guarded(() => formatNumber(value, format));
  if (value instanceof DateTime) return formatDate(value, format);
  if (value instanceof TimeSpan) return formatSpan(value, format);
  return value instanceof Char ? value.toString() : toText(value);
}

function guarded(format: () => string): string {
  try {
    return format();
  } catch (error) {
    if (!(error instanceof FormatProblem)) throw error;
    throw scriptError(`Error formatting a string: ${error.message}.`.replace("..", "."), {
      type: "System.FormatException",
      category: "InvalidOperation",
      id: "FormatError",
    });
  }
}
