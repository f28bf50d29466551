import { emitKeypressEvents, type Key as NodeKey } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";
import { type Key, keyOf } from "./keys.ts";

/** What the editor is told while it holds the keyboard. */
export interface TerminalListener {
  key(key: Key): void;
  resize(): void;
  /** The program was stopped and goes on: the screen may show anything. */
  resume(): void;
  /** The terminal is gone. */
  end(): void;
}

/** The keyboard and the screen. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  readonly colours: boolean;
  write(text: string): void;
  /** Takes the keyboard, key by key, until the function it returns is called. */
  take(listener: TerminalListener): () => void;
  /** Ctrl-Z: gives everything back and stops the program until the user's shell lets it go on. */
  suspend(): void;
}

const pasteOn = "\u001b[?2004h";
const pasteOff = "\u001b[?2004l";

/** The terminal the program was started on. Between lines it is as any program has it, so Ctrl-C is a signal then. */
export class NodeTerminal implements Terminal {
  readonly colours: boolean;
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  #taken = false;

  constructor(input: ReadStream, output: WriteStream, colours: boolean) {
    this.#input = input;
    this.#output = output;
    this.colours = colours;
    emitKeypressEvents(input);
    input.pause();
    // whatever ends the program, the terminal is left as it was found
    process.once("exit", () => {
      if (this.#taken) this.#output.write("\r\n");
      this.#release();
    });
  }

  get columns(): number {
    return this.#output.columns || 80;
  }

  get rows(): number {
    return this.#output.rows || 24;
  }

  write(text: string): void {
    this.#output.write(text);
  }

  take(listener: TerminalListener): () => void {
    const onKey = (character: string | undefined, key: NodeKey) => listener.key(keyOf(character, key));
    const onResize = () => listener.resize();
    const onContinue = () => {
      this.#acquire();
      listener.resume();
    };
    const onEnd = () => listener.end();
    this.#input.on("keypress", onKey).once("end", onEnd).once("error", onEnd);
    this.#output.on("resize", onResize);
    process.on("SIGCONT", onContinue);
    this.#acquire();
    this.#input.resume();
    return () => {
      // keys that came together with the last one are still to be heard
      queueMicrotask(() => this.#input.off("keypress", onKey));
      this.#input.off("end", onEnd).off("error", onEnd);
      this.#output.off("resize", onResize);
      process.off("SIGCONT", onContinue);
      this.#input.pause();
      this.#release();
    };
  }

  suspend(): void {
    this.#release();
    // the whole job, as the terminal itself would: the program may have been started by npx
    process.kill(0, "SIGTSTP");
  }

  #acquire(): void {
    // off first: the mode Node believes in may not be the one another program left
    this.#input.setRawMode(false);
    this.#input.setRawMode(true);
    this.#output.write(pasteOn);
    this.#taken = true;
  }

  #release(): void {
    if (!this.#taken) return;
    this.#taken = false;
    this.#output.write(pasteOff);
    this.#input.setRawMode(false);
  }
}
