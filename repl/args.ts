import yargs from "yargs";
import manifest from "../package.json" with { type: "json" };
import { complaint, type Invocation, invocation, type Option, options, splitArguments } from "./options.ts";

/** What the command line asks for: to run something, to print something (`--help`), or it cannot be understood. */
export type Arguments =
  | { readonly kind: "run"; readonly invocation: Invocation }
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "usage"; readonly message: string };

const usage = `The shell for vSphere, with a simulated vCenter built in.

fargo [options]                      the shell
fargo [options] -c '<commands>'      run commands
fargo [options] <script.ps1> [args]  run a script
<commands> | fargo [options]         run what comes on standard input
fargo serve [options]                the simulated vCenter as a server for govc, pyvmomi, PowerCLI, Terraform, ...
fargo vcsim [flags]                  the same with vcsim's flags, names and output`;

const epilogue = `Exit codes:
  0    everything went well
  1    a command failed
  2    wrong usage, or a syntax error
  3    not connected, or the login was refused
  4    a bulk command failed in part
  130  interrupted

Options stand before the script; what follows it belongs to the script. A script called serve or vcsim is run as ./serve.
fargo serve --help and fargo vcsim --help explain the servers.
Inside the shell: Get-Command lists the commands, Get-Help <command> explains one.`;

function parser(width: number) {
  let built = yargs([])
    .scriptName("fargo")
    .locale("en")
    .usage(usage)
    .parserConfiguration({ "boolean-negation": false, "duplicate-arguments-array": false, "dot-notation": false })
    .strict()
    .exitProcess(false)
    .wrap(width)
    .help("help", "Show this help")
    .alias("help", "h")
    .version("version", "Show the version", manifest.version)
    .epilogue(epilogue);
  for (const [name, option] of Object.entries<Option>(options)) {
    built = built.option(name, {
      type: option.type,
      describe: option.value === undefined ? option.describe : `${option.describe} <${option.value}>`,
      ...(option.alias === undefined ? {} : { alias: option.alias }),
      ...(option.type === "string" ? { requiresArg: true } : {}),
    });
  }
  return built;
}

/** Says what is wrong with the first option the table does not explain; `undefined` for those that are yargs' own. */
function unexplained(tokens: readonly string[]): string | undefined {
  const known = Object.entries<Option>(options).flatMap(([name, { alias }]) => [name, alias ?? name]);
  const token = tokens.find((one) => !["-h", "--help", "--version"].includes(one));
  if (token === undefined) return undefined;
  const name = token.replace(/^-+/, "").replace(/=.*/s, "");
  if (known.includes(name)) return token.includes("=") ? `--${name} takes no value` : `${token} needs a value`;
  const near = known.find((one) => one.length > 1 && one.slice(0, 2) === name.slice(0, 2).toLowerCase());
  return `unknown option ${JSON.stringify(token)}${near === undefined ? "" : `; did you mean --${near}?`}`;
}

/**
 * Reads a command line with yargs.
 *
 * @param argv without node and the program's name
 * @param terminal whether standard input is a terminal: without commands, that makes an interactive shell
 */
export async function parseArguments(argv: readonly string[], terminal: boolean, width = 100): Promise<Arguments> {
  const split = splitArguments(argv);
  const given = Object.entries(split.values).map(([name, value]) =>
    value === true ? `--${name}` : `--${name}=${value}`,
  );
  let printed = "";
  let problem = unexplained(split.unexplained);
  // yargs reports what it has to say to this callback instead of the console
  const parsed = await parser(width)
    .fail((message, error) => {
      problem ??= message ?? error.message;
    })
    .parseAsync([...given, ...split.unexplained], {}, (_error: unknown, _argv: unknown, output: string) => {
      printed = output;
    });
  if (problem === undefined && printed !== "") return { kind: "print", text: printed };
  const values = {
    ...(typeof parsed.command === "string" ? { command: parsed.command } : {}),
    ...(typeof parsed.server === "string" ? { server: parsed.server } : {}),
    ...(parsed.json === true ? { json: true as const } : {}),
    ...(parsed["no-input"] === true ? { "no-input": true as const } : {}),
  };
  problem ??= complaint({ ...split, values }, terminal);
  if (problem !== undefined) return { kind: "usage", message: problem };
  return { kind: "run", invocation: invocation(values, split.rest, terminal) };
}
