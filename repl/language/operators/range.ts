import { roundHalfEven } from "../convert/round.ts";
import { tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import { Char } from "../values/char.ts";
import type { Value } from "../values/value.ts";
import { asDouble } from "./numeric.ts";

const MAX_LENGTH = 30_000_000;

/** The bounds of `first..last`, and whether it counts characters. */
export interface Bounds {
  readonly first: number;
  readonly last: number;
  readonly chars: boolean;
}

export function rangeBounds(first: Value, last: Value): Bounds {
  const [a, b] = [letter(first), letter(last)];
  if (a !== undefined && b !== undefined) return { first: a, last: b, chars: true };
  return { first: bound(first), last: bound(last), chars: false };
}

/** The range as an array. Pipelines and loops count without making one. */
export function rangeItems({ first, last, chars }: Bounds): Value[] {
  const length = Math.abs(last - first) + 1;
  if (length > MAX_LENGTH) {
    throw scriptError(
      `A range of ${length} elements is too large for an array; let it stream through a pipeline or a foreach loop.`,
      { type: "System.OutOfMemoryException", category: "LimitsExceeded", id: "RangeTooLarge" },
    );
  }
  const step = first <= last ? 1 : -1;
  const items: Value[] = new Array(length);
  for (let index = 0; index < length; index += 1) {
    const at = first + index * step;
    items[index] = chars ? new Char(at) : at;
  }
  return items;
}

function letter(value: Value): number | undefined {
  if (value instanceof Char) return value.code;
  return typeof value === "string" && value.length === 1 && !/\d/.test(value) ? value.charCodeAt(0) : undefined;
}

function bound(value: Value): number {
  const number = tryNumber(value);
  const rounded = number === undefined ? Number.NaN : roundHalfEven(asDouble(number));
  if ((rounded | 0) === rounded) return rounded;
  throw scriptError(`Cannot convert value "${toText(value)}" to type "System.Int32".`, {
    type: "System.Management.Automation.PSInvalidCastException",
    category: "InvalidArgument",
    id: "InvalidCastFromStringToInteger",
  });
}
