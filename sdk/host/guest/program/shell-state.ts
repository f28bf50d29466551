import type { Redirection } from "./nodes.ts";
import { quoted } from "./quote.ts";
import { redirectionText } from "./redirections.ts";
import type { ShellState } from "./told.ts";

/** Variables that the shell keeps itself: they are not to be set. */
const own: ReadonlySet<string> = new Set([
  "?",
  "_",
  "BASHOPTS",
  "SHELLOPTS",
  "PIPESTATUS",
  "PWD",
  "HOSTTYPE",
  "MACHTYPE",
  "OSTYPE",
]);
export const usualUmask = 0o022;
/** Options that are on in a new shell. */
const usual = { set: new Set(["braceexpand", "hashall", "interactive-comments"]), shopt: new Set(["globskipdots"]) };

/** Why a shell's state cannot be kept. */
export class NotKept extends Error {}

/**
 * The commands that bring a new shell to where this one is. Functions are named by the shell; what they do is known from the script.
 * Throws NotKept.
 */
export function shellText(
  state: ShellState,
  definition: (name: string) => string | undefined,
  kept: readonly Redirection[],
): string {
  const { variables, directory } = state;
  const lines = [...declared(state.declarations)];
  for (const name of state.functions) {
    const text = definition(name);
    if (text === undefined)
      throw new NotKept(`the function ${name} comes from a file or from eval, and what it does is not known here`);
    lines.push(text);
  }
  lines.push(`cd ${quoted(directory)}`);
  if (state.umask !== usualUmask) lines.push(`umask ${state.umask.toString(8)}`);
  const positional = positionalOf(variables);
  if (positional.length > 0) lines.push(`set -- ${positional.map(quoted).join(" ")}`);
  if (kept.length > 0) lines.push(`exec ${kept.map(redirection).join(" ")}`);
  lines.push(...options(variables));
  return `${lines.join("\n")}\n`;
}

function redirection(kept: Redirection): string {
  const text = redirectionText(kept);
  if (text === undefined) throw new NotKept("exec sends output to a file whose name was worked out");
  return text;
}

/** `$1` and on. */
export function positionalOf(variables: ReadonlyMap<string, string>): readonly string[] {
  const count = Number(variables.get("#") ?? 0);
  return Array.from({ length: count }, (_, i) => variables.get(String(i + 1)) ?? "");
}

function options(variables: ReadonlyMap<string, string>): string[] {
  const named = (name: string) => new Set((variables.get(name) ?? "").split(":").filter((option) => option !== ""));
  const shopt = named("BASHOPTS");
  return [
    ...[...shopt].filter((option) => !usual.shopt.has(option)).map((option) => `shopt -s ${option}`),
    ...[...usual.shopt].filter((option) => !shopt.has(option)).map((option) => `shopt -u ${option}`),
    ...[...named("SHELLOPTS")].filter((option) => !usual.set.has(option)).map((option) => `set -o ${option}`),
  ];
}

/** What `declare -p` says, as commands. Elements are set one by one: the shell reads back none of what it prints of a map. */
function* declared(text: string): Generator<string> {
  for (const line of text.split("\n")) {
    const match = /^declare (-\S+) ([^=\s]+)(?:=(.*))?$/s.exec(line);
    if (!match) continue;
    const [, flags = "--", name = "", value] = match;
    if (own.has(name) || /^\d|^[#@*]/.test(name)) continue;
    // What a nameref stands for is no value of its own: an assignment would go to the variable that it names.
    if (value === undefined || flags.includes("n")) {
      yield line;
      continue;
    }
    const readOnly = flags.includes("r");
    // The shell's declare takes a text in parentheses for a list, quoted or not: the value comes after it.
    const others = flags.replace("r", "");
    yield `declare ${others === "-" ? "--" : others} ${name}`;
    if (!/[aA]/.test(flags)) yield `${name}=${value}`;
    else for (const [key, element] of elements(value)) yield `${name}[${key}]=${element}`;
    if (readOnly) yield `readonly ${name}`;
  }
}

const quotedText = String.raw`\$'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|'[^']*'(?:\\''[^']*')*|[^\s()]+`;

function* elements(list: string): Generator<readonly [key: string, value: string]> {
  // A key that is not quoted ends where its bracket does.
  const plain = new RegExp(String.raw`\[([^\]'"]+|${quotedText})\]=(${quotedText}|)`, "gs");
  for (const [, key = "", value = ""] of list.matchAll(plain)) yield [key, value === "" ? "''" : value];
}
