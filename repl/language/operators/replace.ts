import { toText } from "../convert/to-text.ts";
import { matchesOf, regexOf } from "../regex/compile.ts";
import { expandReplacement } from "../regex/replacement.ts";
import { itemsOf } from "../values/items.ts";
import { Regex } from "../values/regex-value.ts";
import type { Value } from "../values/value.ts";

/** `left -replace pattern, replacement`; each element of a collection. */
export function replace(left: Value, right: Value, caseSensitive: boolean): Value {
  const [pattern = null, replacement = ""] = itemsOf(right) ?? [right];
  const regex = regexOf(pattern instanceof Regex ? pattern : toText(pattern), { ignoreCase: !caseSensitive });
  const template = toText(replacement);
  const items = itemsOf(left);
  if (items) return items.map((item) => replaceText(toText(item), regex, template));
  return replaceText(toText(left), regex, template);
}

export function replaceText(text: string, regex: Regex, template: string, limit = Number.POSITIVE_INFINITY): string {
  let out = "";
  let from = 0;
  let count = 0;
  for (const match of matchesOf(regex, text)) {
    if (count >= limit) break;
    out += text.slice(from, match.index) + expandReplacement(template, match, text);
    from = match.index + match[0].length;
    count += 1;
  }
  return out + text.slice(from);
}
