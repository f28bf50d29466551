import { toText } from "../convert/to-text.ts";
import { textAt } from "../members/arguments.ts";
import { Match, replaceWith } from "../members/regexes.ts";
import { escapeRegex, splitText } from "../operators/split.ts";
import { matchesOf, matchFrom, regexOf } from "../regex/compile.ts";
import { Regex } from "../values/regex-value.ts";
import type { Value } from "../values/value.ts";
import type { TypeDefinition } from "./definition.ts";

/** The expression of a static call: pattern and options stand at these places. */
function regexAt(args: readonly Value[], pattern: number, options: number): Regex {
  const value = args[pattern] ?? null;
  if (value instanceof Regex) return value;
  return regexOf(toText(value), optionsFrom(args[options]));
}

function optionsFrom(value: Value | undefined) {
  const text = toText(value ?? "");
  return {
    ignoreCase: /ignorecase/i.test(text) || text === "1",
    multiline: /multiline/i.test(text) || text === "2",
    singleline: /singleline/i.test(text) || text === "16",
    verbose: /ignorepatternwhitespace/i.test(text) || text === "32",
  };
}

export const REGEX_TYPE: TypeDefinition = {
  fullName: "System.Text.RegularExpressions.Regex",
  accelerator: "regex",
  is: (value) => value instanceof Regex,
  convert: (value) => (value instanceof Regex ? value : regexOf(toText(value))),
  construct: (args) => regexAt(args, 0, 1),
  methods: {
    Escape: (args) => escapeRegex(textAt(args, 0)),
    Unescape: (args) => textAt(args, 0).replace(/\\(.)/gs, "$1"),
    IsMatch: (args) => matchFrom(regexAt(args, 1, 2), textAt(args, 0)) !== null,
    Match(args) {
      const regex = regexAt(args, 1, 2);
      return Match.of(regex, textAt(args, 0), matchFrom(regex, textAt(args, 0)));
    },
    Matches(args) {
      const regex = regexAt(args, 1, 2);
      return [...matchesOf(regex, textAt(args, 0))].map((found) => Match.of(regex, textAt(args, 0), found));
    },
    Replace: (args, caller) => replaceWith(regexAt(args, 1, 3), [args[0] ?? null, args[2] ?? ""], caller),
    Split: (args) => splitText(textAt(args, 0), regexAt(args, 1, 2), 0),
  },
};
