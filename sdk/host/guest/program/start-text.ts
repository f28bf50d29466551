import type { SimpleCommandNode } from "just-bash";
import type { GuestScript } from "../../state/guest-record.ts";
import type { GuestFiles } from "../files/guest-files.ts";
import type { Grammar } from "./library.ts";
import { nameOf, plainText } from "./nodes.ts";
import { quoted } from "./quote.ts";
import { isRedirectingExec, redirectionText } from "./redirections.ts";

const shells: ReadonlySet<string | undefined> = new Set(["sh", "bash", "dash"]);
const decoder = new TextDecoder();

/**
 * A program that is nothing but one script, `/bin/bash /root/x.sh one > /tmp/log`, is that script: in the same shell, so that it
 * can freeze. Every other one is returned as it is.
 */
export function startText(script: GuestScript, files: GuestFiles, grammar: Grammar): GuestScript {
  if (script.place.length > 0) return script;
  const node = onlyCommand(script.text, grammar);
  const words = node && [node.name, ...node.args].map((word) => plainText(word));
  if (!node || !words?.every((word) => word !== undefined)) return script;
  const found = scriptIn(words, files, directoryOf(script));
  const output = redirection(node);
  if (!found || output === undefined) return script;
  const { text, name, args, options } = found;
  const set = [args.length > 0 ? `set -- ${args.map(quoted).join(" ")}\n` : "", output, options];
  return { ...script, text, name, shell: `${script.shell}${set.join("")}` };
}

/** The command that a text consists of. */
function onlyCommand(text: string, grammar: Grammar): SimpleCommandNode | undefined {
  const { statements } = parsed(text, grammar);
  const [statement] = statements;
  const [pipeline] = statement?.pipelines ?? [];
  const [command] = pipeline?.commands ?? [];
  const alone =
    statements.length === 1 &&
    statement?.pipelines.length === 1 &&
    pipeline?.commands.length === 1 &&
    !pipeline.negated &&
    !statement.background;
  return alone && command?.type === "SimpleCommand" && command.assignments.length === 0 ? command : undefined;
}

function parsed(text: string, grammar: Grammar) {
  try {
    return grammar.parse(text);
  } catch {
    // The shell will say what is wrong with it.
    return { statements: [] };
  }
}

/** What a shell's arguments, or a path, name as a script. */
function scriptIn(words: readonly string[], files: GuestFiles, directory: string) {
  const [program = "", ...rest] = words;
  const read = (path: string): string | undefined => {
    const absolute = path.startsWith("/") ? path : `${directory}/${path}`;
    return files.exists(absolute) && files.stat(absolute).type === "file"
      ? decoder.decode(files.readFile(absolute))
      : undefined;
  };
  if (shells.has(program.slice(program.lastIndexOf("/") + 1))) {
    const flags = rest.findIndex((word) => !/^[-+][eux]+$/.test(word));
    const options = rest.slice(0, Math.max(0, flags)).map((word) => `set ${word}\n`);
    const [first, ...args] = rest.slice(Math.max(0, flags));
    if (first === undefined || flags < 0) return undefined;
    const inline = /^-[eux]*c$/.test(first);
    if (inline && first !== "-c") options.push(`set -${first.slice(1, -1)}\n`);
    const text = inline ? args[0] : first.startsWith("-") ? undefined : read(first);
    const [name = "bash", ...positional] = inline ? args.slice(1) : [first, ...args];
    return text === undefined ? undefined : { text, name, args: positional, options: options.join("") };
  }
  if (!program.includes("/")) return undefined;
  const text = read(program);
  return text !== undefined && /^#!\s*\/\S*?(env\s+)?(ba|da)?sh\b/.test(text)
    ? { text, name: program, args: rest, options: "" }
    : undefined;
}

/** The redirections as an `exec` before the script, undefined where they cannot be one. */
function redirection(node: SimpleCommandNode): string | undefined {
  if (node.redirections.length === 0) return "";
  const exec = {
    ...node,
    name: { type: "Word" as const, parts: [{ type: "Literal" as const, value: "exec" }] },
    args: [],
  };
  if (nameOf(exec) !== "exec" || !isRedirectingExec(exec)) return undefined;
  const texts = node.redirections.map(redirectionText);
  return texts.every((text) => text !== undefined) ? `: ${texts.join(" ")}\nexec ${texts.join(" ")}\n` : undefined;
}

/** The last directory that the commands before a script go to. */
function directoryOf({ shell }: GuestScript): string {
  const line = shell.split("\n").findLast((each) => each.startsWith("cd ")) ?? "cd /";
  return line
    .slice(3)
    .replace(/^'(.*)'$/, "$1")
    .replaceAll("'\\''", "'");
}
