/** One option of the command line. This table is the only place where options are declared; `args.ts` shows it to yargs. */
export interface Option {
  readonly type: "boolean" | "string";
  readonly alias?: string;
  /** What the help calls the value of a string option. */
  readonly value?: string;
  readonly describe: string;
}

export const options = {
  command: { type: "string", alias: "c", value: "commands", describe: "Run these commands and leave" },
  json: { type: "boolean", describe: "Print the output objects as one JSON array" },
  server: {
    type: "string",
    value: "url|profile",
    describe: "Connect to this server first; without it, the simulated one",
  },
  "no-input": { type: "boolean", describe: "Never ask: a missing value is an error, changes need no confirmation" },
} as const satisfies Record<string, Option>;

type OptionName = keyof typeof options;

/** What to run, and how: the command line, understood. */
export interface Invocation {
  readonly source:
    | { readonly kind: "interactive" }
    | { readonly kind: "stdin" }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "file"; readonly path: string };
  /** What follows the script, untouched: its own arguments. */
  readonly args: readonly string[];
  readonly json: boolean;
  readonly server: string | undefined;
  readonly input: boolean;
}

/** The command line cut in two: fargo's own options, and from the script on what belongs to the script. */
export interface SplitArguments {
  readonly values: Readonly<Partial<Record<OptionName, string | true>>>;
  /** Options this table does not explain (`--help`, misspelt ones, a value that is missing): yargs has the word. */
  readonly unexplained: readonly string[];
  readonly rest: readonly string[];
}

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name);

const byAlias = new Map<string, OptionName>();
for (const [name, option] of Object.entries(options)) {
  if (isOption(name) && "alias" in option) byAlias.set(option.alias, name);
}

function optionName(token: string): OptionName | undefined {
  const name = token.slice(2);
  if (token.startsWith("--")) return isOption(name) ? name : undefined;
  return token.length === 2 && token.startsWith("-") ? byAlias.get(token.slice(1)) : undefined;
}

/** Cuts `argv` at the script: what follows it is the script's, even where it looks like an option of ours. */
export function splitArguments(argv: readonly string[]): SplitArguments {
  const values: Partial<Record<OptionName, string | true>> = {};
  const unexplained: string[] = [];
  let at = 0;
  for (; at < argv.length; at++) {
    const token = argv[at] ?? "";
    if (token === "--") return { values, unexplained, rest: argv.slice(at + 1) };
    if (!token.startsWith("-") || token === "-") break;
    const equals = token.startsWith("--") ? token.indexOf("=") : -1;
    const name = optionName(equals < 0 ? token : token.slice(0, equals));
    const value = equals < 0 ? argv[at + 1] : token.slice(equals + 1);
    if (name === undefined) unexplained.push(token);
    else if (options[name].type === "boolean" && equals < 0) values[name] = true;
    else if (options[name].type === "boolean" || value === undefined) unexplained.push(token);
    else {
      values[name] = value;
      if (equals < 0) at++;
    }
  }
  return { values, unexplained, rest: argv.slice(at) };
}

/**
 * Understands a command line that needs no more than the table, or answers `undefined`: then `args.ts` (and yargs, which
 * takes as long to load as the rest of the program) has the word. That the two agree is a test.
 */
export function plainInvocation(argv: readonly string[], terminal: boolean): Invocation | undefined {
  const split = splitArguments(argv);
  return split.unexplained.length === 0 && complaint(split, terminal) === undefined
    ? invocation(split.values, split.rest, terminal)
    : undefined;
}

/** What is wrong with options that are each right. */
export function complaint({ values, rest }: SplitArguments, terminal: boolean): string | undefined {
  if (values.server === "") return "--server needs a URL, a host name or the name of a profile";
  if (values.command !== undefined) return undefined;
  if (rest[0] === "") return "the name of the script is empty";
  if (values.json === true && rest.length === 0 && terminal) {
    return "--json needs commands: give them with -c, in a script or on standard input";
  }
  return undefined;
}

export function invocation(values: SplitArguments["values"], rest: readonly string[], terminal: boolean): Invocation {
  const common = {
    json: values.json === true,
    server: typeof values.server === "string" ? values.server : undefined,
    input: values["no-input"] !== true,
  };
  if (typeof values.command === "string") {
    // as PowerShell does: what follows belongs to the command
    return { source: { kind: "text", text: [values.command, ...rest].join(" ") }, args: [], ...common };
  }
  const [script, ...args] = rest;
  if (script === undefined) return { source: { kind: terminal ? "interactive" : "stdin" }, args, ...common };
  return { source: script === "-" ? { kind: "stdin" } : { kind: "file", path: script }, args, ...common };
}
