import type { Asker } from "./asker.ts";
import { OutputFile } from "./commands/file/output-file.ts";
import { resolvePath } from "./commands/file/path.ts";
import { commands } from "./commands/index.ts";
import { ExitCode } from "./exit.ts";
import { ConsoleHost } from "./host.ts";
import { Interpreter, type RunOptions, type RunResult, type Session } from "./language/index.ts";
import { coloursFor } from "./render/colour.ts";
import { Formatter, type OutputWriter } from "./render/formatter.ts";
import { JsonWriter } from "./render/json/json-writer.ts";
import { StreamSink } from "./render/sink.ts";

export interface ConsoleOptions {
  /** Output as one JSON array instead of text. */
  readonly json?: boolean;
  /** Asks the user; without it a question is an error. */
  readonly ask?: Asker | undefined;
}

/** A session on the program's streams: objects to standard output, everything else to standard error. */
export class Console {
  readonly #interpreter: Interpreter;
  readonly #host: ConsoleHost;
  readonly #output: OutputWriter;
  readonly #exit = new ExitCode();

  constructor({ json = false, ask }: ConsoleOptions = {}) {
    const { stdout, stderr } = process;
    const sink = new StreamSink(stdout);
    const columns = () => stdout.columns ?? 120;
    this.#output = json ? new JsonWriter(sink) : new Formatter(sink, { columns, colours: coloursFor(stdout) });
    this.#host = new ConsoleHost({
      stream: stderr,
      colours: coloursFor(stderr),
      output: this.#output,
      ask,
      onError: (record) => this.#exit.note(record),
    });
    const openFile = (path: string, append: boolean) => new OutputFile(resolvePath(this.session, path), { append });
    this.#interpreter = new Interpreter({ host: this.#host, commands, openFile });
  }

  get session(): Session {
    return this.#interpreter.session;
  }

  /** Runs a text and shows what it puts out. The exit code is the program's. */
  async run(text: string, options: Omit<RunOptions, "onOutput"> = {}): Promise<RunResult> {
    const result = await this.#interpreter.run(text, { ...options, onOutput: (value) => this.#output.write(value) });
    this.#host.freshLine();
    return { ...result, exitCode: result.exited ? result.exitCode : this.#exit.refine(result.exitCode) };
  }

  /** Ends the output of what was run. */
  async end(): Promise<void> {
    await this.#output.end();
    this.#host.freshLine();
  }
}
