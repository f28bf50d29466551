import type { Key } from "./keys.ts";
import { type Answer, Reading, type ReadingOptions } from "./reading.ts";
import { Screen } from "./screen.ts";
import type { Terminal } from "./terminal.ts";

export type { Answer } from "./reading.ts";
export type EditorOptions = ReadingOptions;

/**
 * Reads lines from a terminal, with editing, history, completion and colours.
 *
 * @example
 * ```ts
 * const editor = new Editor(new NodeTerminal(process.stdin, process.stderr, true), options);
 * const answer = await editor.read("> ");
 * if (answer.kind === "line") run(answer.text);
 * ```
 */
export class Editor {
  readonly #terminal: Terminal;
  readonly #options: EditorOptions;
  readonly #screen: Screen;
  /** What one line leaves for the next: what was cut, and keys that came too early. */
  #killed: readonly string[] = [];
  #waiting: readonly Key[] = [];

  constructor(terminal: Terminal, options: EditorOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.#screen = new Screen((text) => terminal.write(text));
  }

  /** Reads one input, of one or more lines. */
  async read(prompt: string): Promise<Answer> {
    const reading = new Reading(this.#terminal, this.#screen, this.#options, prompt);
    const answer = await reading.start(this.#killed, this.#waiting);
    this.#killed = reading.killed;
    this.#waiting = reading.waiting;
    return answer;
  }
}
