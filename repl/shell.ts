import { askerOn } from "./asker.ts";
import { sessionHistory } from "./commands/history/session-history.ts";
import { complete } from "./complete/complete.ts";
import { Console } from "./console.ts";
import { Editor } from "./editor/editor.ts";
import { stylesOf } from "./editor/highlight.ts";
import { NodeTerminal } from "./editor/terminal.ts";
import { exitCodes } from "./exit.ts";
import { greeting, simulatedLab, title } from "./greeting.ts";
import { type History, openHistory } from "./history.ts";
import { builtIn } from "./inventory/connections.ts";
import { DateTime, parse, type RunResult, toText } from "./language/index.ts";
import type { Invocation } from "./options.ts";
import { visible } from "./render/safe.ts";
import { connectTo } from "./server.ts";

const ctrlCHint = "Ctrl-C stops a running command. To leave: exit, or Ctrl-D.\n";

/** The interactive shell: reads lines and runs them until the user leaves. Nothing that a line does ends it. */
class Shell {
  readonly #screen = process.stderr.isTTY === true ? process.stderr : process.stdout;
  readonly #console: Console;
  readonly #editor: Editor;
  readonly #history: History;
  /** The lines of this session too: those with secrets are here only. */
  readonly #lines: string[];
  #running: AbortController | undefined;

  constructor(input: boolean) {
    this.#console = new Console({ ask: askerOn(input, () => this.#running?.abort()) });
    this.#history = openHistory();
    this.#lines = [...this.#history.read()];
    const { session } = this.#console;
    const coloured = (this.#screen.getColorDepth?.() ?? 1) > 1 && (process.env.NO_COLOR ?? "") === "";
    this.#editor = new Editor(new NodeTerminal(process.stdin, this.#screen, coloured), {
      history: this.#lines,
      finished: (text) => !parse(text).incomplete,
      highlight: (text) => stylesOf(parse(text).tokens),
      complete: (text, cursor) => complete(session, text, cursor),
    });
  }

  /** Ctrl-C while something runs. */
  interrupt(): void {
    this.#running?.abort();
  }

  /** Something failed that no command has caught. */
  failed(error: unknown): void {
    this.#screen.write(`fargo: ${error instanceof Error ? error.message : error}\n`);
  }

  /** The first screen; false when the server that was asked for cannot be connected to. */
  async begin(server: string | undefined): Promise<boolean> {
    this.#screen.write(title);
    if (server === undefined) {
      this.#screen.write(greeting(await simulatedLab(this.#console.session), true));
      return true;
    }
    if (!(await this.#guarded((signal) => connectTo(this.#console, server, signal)))) return false;
    const connected = visible(toText(this.#console.session.getVariable("global:DefaultVIServer") ?? server));
    this.#screen.write(greeting(`You are connected to ${connected}.`, connected === builtIn));
    return true;
  }

  /** Reads and runs lines; the exit code when the user leaves. */
  async loop(): Promise<number> {
    for (;;) {
      const answer = await this.#editor.read(this.#prompt);
      if (answer.kind === "leave") return exitCodes.ok;
      if (answer.kind === "line") {
        const result = await this.#runLine(answer.text);
        if (result?.exited === true) return result.exitCode;
      } else if (answer.empty) this.#screen.write(ctrlCHint);
    }
  }

  async #runLine(text: string): Promise<RunResult | undefined> {
    if (text.trim() === "") return undefined;
    if (this.#lines.at(-1) !== text) this.#lines.push(text);
    this.#history.add(text);
    const start = DateTime.now();
    const result = await this.#guarded((signal) => this.#console.run(text, { signal }));
    this.#console.session.service(sessionHistory).add(text, start, result.succeeded);
    return result;
  }

  async #guarded<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#running = new AbortController();
    try {
      return await run(this.#running.signal);
    } finally {
      await this.#console.end();
      this.#running = undefined;
    }
  }

  /** Names the server, unless it is the one that is built in. */
  get #prompt(): string {
    const server = this.#console.session.getVariable("global:DefaultVIServer") ?? null;
    const name = visible(toText(server));
    return name === "" || name === builtIn ? "fargo> " : `fargo ${name}> `;
  }
}

/** Runs the interactive shell and answers the program's exit code. */
export async function runShell(invocation: Invocation): Promise<number> {
  const shell = new Shell(invocation.input);
  process.on("SIGINT", () => shell.interrupt());
  process.once("SIGTERM", () => process.exit(128 + 15));
  process.once("SIGHUP", () => process.exit(128 + 1));
  process.on("uncaughtException", (error) => shell.failed(error));
  // a command that waits for what never comes must not end the program by leaving it nothing to do
  const alive = setInterval(() => {}, 2 ** 30);
  try {
    return (await shell.begin(invocation.server)) ? await shell.loop() : exitCodes.connection;
  } finally {
    clearInterval(alive);
  }
}
