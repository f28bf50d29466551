import { UsageError } from "../exit.ts";

/** A flag of Go's kind: `-name value`, `-name=value`, `--name`, and for truth values `-name` alone. */
export interface GoFlag {
  readonly type: "int" | "bool" | "string" | "float";
  readonly otherwise: number | boolean | string;
  readonly describe: string;
}

type GoValue<F extends GoFlag> = F["type"] extends "bool" ? boolean : F["type"] extends "string" ? string : number;
export type GoValues<T extends Readonly<Record<string, GoFlag>>> = { readonly [K in keyof T]: GoValue<T[K]> };

const truths: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((text) => [text, false] as const),
]);

const wrong = (name: string, text: string, kind: string) =>
  new UsageError(`-${name} takes ${kind}, not ${JSON.stringify(text)}`);

function read(name: string, { type }: GoFlag, text: string): number | boolean | string {
  if (type === "string") return text;
  if (type === "bool") {
    const truth = truths.get(text);
    if (truth === undefined) throw wrong(name, text, "true or false");
    return truth;
  }
  if (type === "int") {
    const number = /^[+-]?(?:0x[0-9a-f]+|\d+(?:_\d+)*)$/i.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
    if (!Number.isSafeInteger(number)) throw wrong(name, text, "a whole number");
    return number;
  }
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw wrong(name, text, "a number");
  return number;
}

/**
 * Reads a command line as Go's `flag` package does: flags up to the first word that is none, then the rest.
 *
 * @returns every flag's value, the flags that were given, and the rest; `help` when that was asked for
 * @throws UsageError that names the flag
 */
export function parseGoFlags(
  flags: Readonly<Record<string, GoFlag>>,
  argv: readonly string[],
): {
  readonly help: boolean;
  readonly given: ReadonlyMap<string, number | boolean | string>;
  readonly rest: readonly string[];
} {
  const given = new Map<string, number | boolean | string>();
  for (let at = 0; at < argv.length; at++) {
    const token = argv[at] ?? "";
    if (token === "--") return { help: false, given, rest: argv.slice(at + 1) };
    const match = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(token);
    if (!match) {
      if (token.startsWith("-") && token.length > 1) throw new UsageError(`${JSON.stringify(token)} is no flag`);
      return { help: false, given, rest: argv.slice(at) };
    }
    const [, name = "", inline] = match;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) {
      if (name === "h" || name === "help") return { help: true, given, rest: [] };
      throw new UsageError(`there is no flag -${name}`);
    }
    if (flag.type === "bool") given.set(name, inline === undefined ? true : read(name, flag, inline));
    else {
      const text = inline ?? argv[++at];
      if (text === undefined) throw new UsageError(`-${name} needs a value`);
      given.set(name, read(name, flag, text));
    }
  }
  return { help: false, given, rest: [] };
}
