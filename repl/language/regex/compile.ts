import { scriptError } from "../errors/script-error.ts";
import { Regex } from "../values/regex-value.ts";
import { PatternError, translate } from "./translate.ts";

export interface RegexOptions {
  readonly ignoreCase?: boolean;
  readonly multiline?: boolean;
  readonly singleline?: boolean;
  readonly verbose?: boolean;
}

const LIMIT = 500;
const cache = new Map<string, Regex>();

/** The expression of a .NET pattern (global, with groups); compiled once. Throws a script error when it is not valid. */
export function regexOf(pattern: string | Regex, options: RegexOptions = {}): Regex {
  if (pattern instanceof Regex) return pattern;
  const { ignoreCase = false, multiline = false, singleline = false, verbose = false } = options;
  const key = `${ignoreCase}${multiline}${singleline}${verbose}${pattern}`;
  const known = cache.get(key);
  if (known) return known;
  const made = make(pattern, { ignoreCase, multiline, singleline, verbose });
  if (cache.size >= LIMIT) cache.clear();
  cache.set(key, made);
  return made;
}

function make(pattern: string, options: Required<RegexOptions>): Regex {
  try {
    const translated = translate(pattern, options);
    return new Regex(pattern, new RegExp(translated.pattern, `${translated.flags}g`), translated.names);
  } catch (error) {
    if (!(error instanceof PatternError) && !(error instanceof SyntaxError)) throw error;
    const why = error.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, "");
    throw scriptError(`The regular expression pattern ${pattern} is not valid. ${why}`, {
      category: "InvalidOperation",
      id: "InvalidRegularExpression",
      target: pattern,
    });
  }
}

/** The first match at or after `from`. */
export function matchFrom(regex: Regex, text: string, from = 0): RegExpExecArray | null {
  regex.expression.lastIndex = from;
  return regex.expression.exec(text);
}

/** Every match in turn. */
export function* matchesOf(regex: Regex, text: string): Generator<RegExpExecArray> {
  let from = 0;
  while (from <= text.length) {
    const match = matchFrom(regex, text, from);
    if (match === null) return;
    yield match;
    from = match.index + Math.max(match[0].length, 0);
    if (match[0] === "") from += 1;
  }
}
