/**
 * A .NET pattern as a JavaScript one (flag `u`). What differs: `\A \z \Z \G`, `$` before a last line end, `.` that
 * takes everything but a line feed, Unicode `\w`, inline options, comments, atomic groups, balancing groups (which
 * are not there), escapes that JavaScript refuses.
 */
export interface Translated {
  readonly pattern: string;
  readonly flags: string;
  /** Name of each capturing group from 1 on; undefined for those without. */
  readonly names: readonly (string | undefined)[];
}

/** Thrown for a pattern that is not valid, with a message that says why. */
export class PatternError extends Error {}

const WORD = "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}";
const END = "(?=\\n?(?![\\s\\S]))";
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;

export function translate(
  pattern: string,
  options: { ignoreCase: boolean; multiline?: boolean; singleline?: boolean; verbose?: boolean },
): Translated {
  const state = new Translation(pattern, options);
  const translated = state.run();
  return {
    pattern: translated,
    flags: `u${state.ignoreCase ? "i" : ""}${state.multiline ? "m" : ""}`,
    names: state.names,
  };
}

class Translation {
  ignoreCase: boolean;
  multiline: boolean;
  readonly names: (string | undefined)[] = [];
  private readonly text: string;
  private singleline: boolean;
  private verbose: boolean;
  private at = 0;

  constructor(
    text: string,
    options: { ignoreCase: boolean; multiline?: boolean; singleline?: boolean; verbose?: boolean },
  ) {
    this.text = text;
    this.ignoreCase = options.ignoreCase;
    this.multiline = options.multiline ?? false;
    this.singleline = options.singleline ?? false;
    this.verbose = options.verbose ?? false;
  }

  run(): string {
    let out = "";
    while (this.at < this.text.length) out += this.piece();
    return out;
  }

  private piece(): string {
    const character = this.text.charAt(this.at);
    this.at += 1;
    switch (character) {
      case "\\":
        return this.escape(false);
      case "[":
        return this.characterClass();
      case "(":
        return this.group();
      case ".":
        return this.singleline ? "[\\s\\S]" : "[^\\n]";
      case "$":
        return this.multiline ? "(?=\\n|(?![\\s\\S]))" : END;
      case "{":
        return this.quantifier();
      case "}":
      case "]":
        return `\\${character}`;
      case "#":
      case " ":
      case "\t":
      case "\r":
      case "\n":
        return this.verbose ? this.skip(character) : character;
      default:
        return character;
    }
  }

  private skip(character: string): string {
    if (character === "#") while (this.at < this.text.length && this.text[this.at] !== "\n") this.at += 1;
    return "";
  }

  /** `{2,3}` repeats; any other `{` stands for itself. */
  private quantifier(): string {
    const found = /^\d+(,\d*)?\}/.exec(this.text.slice(this.at, this.at + 24));
    if (found === null) return "\\{";
    this.at += found[0].length;
    return `{${found[0]}`;
  }

  private escape(inClass: boolean): string {
    const character = this.text.charAt(this.at);
    this.at += 1;
    if (character === "") throw new PatternError("Illegal \\ at end of pattern.");
    if (!inClass) {
      if (character === "A") return this.multiline ? "(?<![\\s\\S])" : "^";
      if (character === "z") return "(?![\\s\\S])";
      if (character === "Z") return END;
      if (character === "G") return "";
      if (character === "b" || character === "B") return `\\${character}`;
      if (character === "k") return this.namedReference();
      if (/[1-9]/.test(character)) return `\\${character}`;
    }
    if (character === "w") return inClass ? WORD : `[${WORD}]`;
    if (character === "W") return inClass ? "\\W" : `[^${WORD}]`;
    if (character === "d") return "\\d";
    if (/[DsStnrfv]/.test(character)) return `\\${character}`;
    if (character === "a") return "\\x07";
    if (character === "e") return "\\x1b";
    if (character === "b") return "\\x08";
    if (character === "0") return "\\0";
    if (character === "p" || character === "P") return this.category(character);
    if (character === "x" || character === "u") return this.code(character);
    if (character === "c") return `\\c${this.next()}`;
    return SYNTAX.test(character) || (inClass && character === "-") ? `\\${character}` : character;
  }

  private next(): string {
    const character = this.text.charAt(this.at);
    this.at += 1;
    return character;
  }

  private namedReference(): string {
    const found = /^[<'](\w+)[>']/.exec(this.text.slice(this.at));
    if (found?.[1] === undefined) throw new PatternError("Malformed \\k<...> named back reference.");
    this.at += found[0].length;
    return /^\d+$/.test(found[1]) ? `\\${found[1]}` : `\\k<${found[1]}>`;
  }

  private category(character: string): string {
    const found = /^\{(\^?)(\w+)\}/.exec(this.text.slice(this.at));
    if (found?.[2] === undefined) throw new PatternError("Incomplete \\p{X} character escape.");
    this.at += found[0].length;
    return `\\${character}{${found[2]}}`;
  }

  private code(character: string): string {
    const digits = this.text.slice(this.at, this.at + (character === "x" ? 2 : 4));
    if (!/^[0-9a-f]+$/i.test(digits)) throw new PatternError("Insufficient or invalid hexadecimal digits.");
    this.at += digits.length;
    return `\\${character}${digits}`;
  }

  private characterClass(): string {
    let out = "[";
    if (this.text[this.at] === "^") out += this.next();
    for (let first = true; ; first = false) {
      const character = this.next();
      if (character === "") throw new PatternError("Unterminated [] set.");
      if (character === "]" && !first) return `${out}]`;
      if (character === "\\") out += this.escape(true);
      else if (character === "[" && this.text[this.at] === ":")
        throw new PatternError("POSIX classes are not supported.");
      else out += /[[\](){}/|]/.test(character) ? `\\${character}` : character;
    }
  }

  private group(): string {
    const rest = this.text.slice(this.at);
    if (!rest.startsWith("?")) {
      this.names.push(undefined);
      return "(";
    }
    if (rest.startsWith("?#")) return this.comment();
    if (rest.startsWith("?>")) return this.take(2, "(?:");
    const named = /^\?(?:<([A-Za-z_]\w*)>|'(\w+)')/.exec(rest);
    if (named) this.names.push(named[1] ?? named[2]);
    if (named) return this.take(named[0].length, `(?<${named[1] ?? named[2]}>`);
    if (/^\?(?:[:=!]|<[=!])/.test(rest))
      return this.take(/^\?<?[:=!]/.exec(rest)?.[0].length ?? 2, `(${/^\?<?[:=!]/.exec(rest)?.[0]}`);
    return this.options(rest);
  }

  private take(length: number, out: string): string {
    this.at += length;
    return out;
  }

  private comment(): string {
    const end = this.text.indexOf(")", this.at);
    if (end < 0) throw new PatternError("Unterminated (?#...) comment.");
    this.at = end + 1;
    return "";
  }

  /** `(?i)`, `(?s-m:`: they hold for the whole pattern, which is where scripts put them. */
  private options(rest: string): string {
    const found = /^\?([imnsx]*)(?:-([imnsx]+))?([:)])/.exec(rest);
    if (found === null) throw new PatternError("Unrecognized grouping construct.");
    const [whole, on = "", off = "", end] = found;
    for (const [letters, value] of [
      [on, true],
      [off, false],
    ] as const) {
      if (letters.includes("i")) this.ignoreCase = value;
      if (letters.includes("m")) this.multiline = value;
      if (letters.includes("s")) this.singleline = value;
      if (letters.includes("x")) this.verbose = value;
    }
    this.at += whole.length;
    return end === ":" ? "(?:" : "";
  }
}
