import { toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { matchesOf, type RegexOptions, regexOf } from "../regex/compile.ts";
import { itemsOf } from "../values/items.ts";
import { Regex } from "../values/regex-value.ts";
import type { Value } from "../values/value.ts";

/** `left -split delimiter[, max[, options]]` */
export function split(left: Value, right: Value, caseSensitive: boolean): string[] {
  const [delimiter = " ", max = 0, options = ""] = itemsOf(right) ?? [right];
  const limit = toFloat(max);
  const simple = /simplematch/i.test(toText(options));
  const pattern = delimiter instanceof Regex ? delimiter : simple ? escapeRegex(toText(delimiter)) : toText(delimiter);
  const regex = regexOf(pattern, splitOptions(toText(options), caseSensitive));
  return texts(left).flatMap((text) => (limit < 0 ? splitFromEnd(text, regex, -limit) : splitText(text, regex, limit)));
}

/** `-split left`: at white space, without empty pieces. */
export function splitWords(left: Value): string[] {
  return texts(left).flatMap((text) => text.split(/\s+/).filter((word) => word !== ""));
}

function texts(value: Value): string[] {
  return (itemsOf(value) ?? [value]).map((item) => toText(item));
}

function splitOptions(options: string, caseSensitive: boolean): RegexOptions {
  return {
    ignoreCase: !caseSensitive || /ignorecase/i.test(options),
    multiline: /multiline/i.test(options),
    singleline: /singleline/i.test(options),
  };
}

/** Captured groups are pieces of their own, as in .NET. */
export function splitText(text: string, regex: Regex, limit: number): string[] {
  const pieces: string[] = [];
  let from = 0;
  let count = 1;
  for (const match of matchesOf(regex, text)) {
    if (limit > 0 && count >= limit) break;
    pieces.push(text.slice(from, match.index), ...match.slice(1).filter((group) => group !== undefined));
    from = match.index + match[0].length;
    count += 1;
  }
  pieces.push(text.slice(from));
  return pieces;
}

function splitFromEnd(text: string, regex: Regex, limit: number): string[] {
  const matches = [...matchesOf(regex, text)];
  const kept = limit > 0 ? matches.slice(Math.max(0, matches.length - limit + 1)) : matches;
  const pieces: string[] = [];
  let from = 0;
  for (const match of kept) {
    pieces.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}

export function escapeRegex(text: string): string {
  return text
    .replace(/[\\*+?|{[()^$.#]/g, "\\$&")
    .replace(/ /g, "\\ ")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t");
}
