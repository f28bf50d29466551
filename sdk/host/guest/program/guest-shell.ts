import type { Command, ExecResult, IFileSystem, ResolvedCommandContext, ScriptNode, StatementNode } from "just-bash";
import type { GuestScript } from "../../state/guest-record.ts";
import { guestFileSystem } from "./file-system.ts";
import type { GuestSession } from "./guest-session.ts";
import { internalCommands } from "./internal-commands.ts";
import { Library } from "./library.ts";
import { rewritten } from "./rewrite.ts";
import { startText } from "./start-text.ts";
import type { Told } from "./told.ts";
import { Walk } from "./walk.ts";

type JustBash = typeof import("just-bash");

/** How far a script got: to its end, or to where it stopped. */
export type Outcome =
  | { readonly ended: true; readonly exitCode: number; readonly output: string }
  | { readonly ended: false; readonly script: GuestScript; readonly why: NonNullable<Told["stop"]> };

/** What a guest's command does; it knows the guest that it runs in by the session. */
export type GuestCommand = (
  session: GuestSession,
  args: string[],
  context: ResolvedCommandContext,
) => ExecResult | Promise<ExecResult>;

/** Scripts that were parsed of late, by their text: forks run the same ones. */
const libraries = new Map<string, Library>();
const mostLibraries = 64;

let loading: Promise<JustBash> | undefined;

/** The interpreter, loaded when a guest first runs something. */
export function justBash(): Promise<JustBash> {
  loading ??= import("just-bash");
  return loading;
}

const limits = {
  maxExecutionTimeMs: Number.POSITIVE_INFINITY,
  maxOutputSize: 16 * 2 ** 20,
  maxStringLength: 32 * 2 ** 20,
  maxFileSystemBytes: 2 ** 20,
};

/** A shell in which one script at a time runs, for any guest. */
export class GuestShell {
  readonly #grammar: JustBash;
  readonly #files: IFileSystem;
  readonly #commands: readonly Command[];
  #session: GuestSession | undefined;

  constructor(grammar: JustBash, commands: ReadonlyMap<string, GuestCommand>) {
    this.#grammar = grammar;
    const all = new Map([...commands, ...internalCommands]);
    this.#files = guestFileSystem(() => this.#current, new Set([...grammar.getCommandNames(), ...all.keys()]));
    this.#commands = [...all].map(([name, run]) => this.#command(name, run));
  }

  /** Runs a script until it ends or stops. What it does to the guest is in the session. */
  async run(session: GuestSession, given: GuestScript, signal: AbortSignal): Promise<Outcome> {
    this.#session = session;
    try {
      const script = startText(given, session.files, this.#grammar);
      const library = libraryOf(this.#grammar, script.text);
      const walk = new Walk(library, session.told, script);
      const parsed = parse(library, script);
      if (typeof parsed === "string") return { ended: true, exitCode: 2, output: parsed };
      const bash = this.#shellOf(session, script, () => steps(parsed.shell, parsed.text, walk));
      const { exitCode, stdout, stderr } = await bash.exec("script", { rawScript: true, signal });
      const why = session.told.stop;
      if (!why || why.why === "power" || walk.shell === undefined)
        return { ended: true, exitCode, output: stdout + stderr };
      const status = session.told.state?.status ?? 0;
      const left = { place: [...walk.frames], shell: walk.shell, status, draws: session.draws, wakes: undefined };
      return { ended: false, script: { ...script, ...left }, why };
    } finally {
      this.#session = undefined;
    }
  }

  /** A new shell each time: some of what a script sets would still be set for the next one. */
  #shellOf({ program }: GuestSession, { uid, name = "bash" }: GuestScript, steps: () => Iterator<StatementNode>) {
    const bash = new this.#grammar.Bash({
      fs: this.#files,
      cwd: "/",
      env: {
        PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        HOME: "/root",
        SHELL: "/bin/bash",
        0: name,
      },
      // Its own protection changes the globals of this process; all that a guest can reach are its files and these commands.
      defenseInDepth: false,
      executionLimits: limits,
      processInfo: { pid: program.pid, ppid: 1, uid, gid: uid },
      customCommands: [...this.#commands],
    });
    let next: ScriptNode | undefined = { type: "Script", statements: fed(steps) };
    bash.registerTransformPlugin({
      name: "guest",
      // The first is this script; all others are ones that it runs.
      transform: ({ ast }) => {
        const first = next;
        next = undefined;
        return { ast: first ?? rewritten(ast) };
      },
    });
    return bash;
  }

  get #current(): GuestSession {
    if (this.#session) return this.#session;
    throw new Error("The script is over.");
  }

  #command(name: string, run: GuestCommand): Command {
    return { name, execute: async (args, context) => run(this.#current, args, context) };
  }
}

/** Statements that are made as they are asked for: the shell takes one when the last one is done. */
function fed(steps: () => Iterator<StatementNode>): StatementNode[] {
  return Object.defineProperty<StatementNode[]>([], Symbol.iterator, { value: steps });
}

function* steps(shell: ScriptNode, script: ScriptNode, walk: Walk): Generator<StatementNode, void, void> {
  yield* walk.before(shell.statements);
  yield* walk.list(script.statements);
}

/** The script and what comes before it, or why the shell cannot read it. */
function parse(library: Library, { shell, text }: GuestScript) {
  try {
    return { shell: library.parse(shell), text: library.parse(text) };
  } catch (error) {
    return `bash: ${error instanceof Error ? error.message : String(error)}\n`;
  }
}

function libraryOf(grammar: JustBash, text: string): Library {
  const known = libraries.get(text);
  if (known) return known;
  const library = new Library(grammar);
  libraries.set(text, library);
  for (const oldest of libraries.keys()) {
    if (libraries.size <= mostLibraries) break;
    libraries.delete(oldest);
  }
  return library;
}
