import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import { formatValue } from "../format/format-value.ts";
import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";

const HOLE = /\{\{|\}\}|\{\s*(\d{1,7})\s*(?:,\s*(-?\d{1,7})\s*)?(?::((?:[^{}]|\{\{|\}\})*))?\}|[{}]/g;
const MAX_WIDTH = 1_000_000;

/** `template -f arguments`: `{index[,alignment][:format]}`. */
export function format(template: Value, right: Value): string {
  const args = itemsOf(right) ?? [right];
  return toText(template).replace(HOLE, (hole, index, alignment, picture) => {
    if (hole === "{{") return "{";
    if (hole === "}}") return "}";
    if (index === undefined) throw problem("Input string was not in a correct format.");
    if (Number(index) >= args.length) {
      throw problem(
        "Index (zero based) must be greater than or equal to zero and less than the size of the argument list.",
      );
    }
    const value = args[Number(index)] ?? null;
    const shown = value === null ? "" : formatValue(value, unescaped(picture ?? ""));
    return aligned(shown, Number(alignment ?? 0));
  });
}

function unescaped(picture: string): string {
  return picture.replaceAll("{{", "{").replaceAll("}}", "}");
}

function aligned(text: string, width: number): string {
  if (Math.abs(width) > MAX_WIDTH) throw problem("The alignment is too large.");
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

function problem(why: string): Error {
  return scriptError(`Error formatting a string: ${why}`, {
    type: "System.FormatException",
    category: "InvalidOperation",
    id: "FormatError",
  });
}
