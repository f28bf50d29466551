import { toText } from "../convert/to-text.ts";
import { matchFrom, regexOf } from "../regex/compile.ts";
import { wildcard } from "../regex/wildcard.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { Regex } from "../values/regex-value.ts";
import type { Value } from "../values/value.ts";

/** `left -like pattern` of one value. */
export function like(left: Value, pattern: string, caseSensitive: boolean): boolean {
  return wildcard(pattern, caseSensitive).test(toText(left));
}

/** `left -match pattern`: for a single value the groups that `$Matches` gets come with the answer. */
export function match(
  left: Value,
  right: Value,
  caseSensitive: boolean,
): { result: Value; groups: Hashtable | undefined } {
  const regex = regexOf(right instanceof Regex ? right : toText(right), { ignoreCase: !caseSensitive });
  const items = itemsOf(left);
  if (items) return { result: items.filter((item) => matchFrom(regex, toText(item)) !== null), groups: undefined };
  const found = matchFrom(regex, toText(left));
  return { result: found !== null, groups: found === null ? undefined : groupsOf(found, regex) };
}

/** `$Matches` of a match: groups by number, named ones by name. */
export function groupsOf(found: RegExpExecArray, regex: Regex): Hashtable {
  const table = new Hashtable();
  found.forEach((value, index) => {
    const name = index === 0 ? undefined : regex.names[index - 1];
    if (value !== undefined) table.set(name ?? index, value);
  });
  return table;
}

/** `left -notmatch pattern`. */
export function notMatch(
  left: Value,
  right: Value,
  caseSensitive: boolean,
): { result: Value; groups: Hashtable | undefined } {
  const regex = regexOf(right instanceof Regex ? right : toText(right), { ignoreCase: !caseSensitive });
  const items = itemsOf(left);
  if (items) return { result: items.filter((item) => matchFrom(regex, toText(item)) === null), groups: undefined };
  const found = matchFrom(regex, toText(left));
  return { result: found === null, groups: found === null ? undefined : groupsOf(found, regex) };
}
