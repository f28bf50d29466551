import { emitKeypressEvents } from "node:readline";
import { PassThrough } from "node:stream";
import { keyOf } from "../../../repl/editor/keys.ts";
import type { Terminal, TerminalListener } from "../../../repl/editor/terminal.ts";
import { Emulator } from "./emulator.ts";

/** A terminal of the test's own: bytes are typed at it, and what it shows can be read. */
export class FakeTerminal implements Terminal {
  readonly colours = false;
  readonly rows = 10;
  columns = 40;
  suspended = 0;
  bells = 0;
  readonly screen = new Emulator(40, 10);
  listener: TerminalListener | undefined;
  readonly #input = new PassThrough();

  constructor() {
    emitKeypressEvents(this.#input);
    this.#input.on("keypress", (character, key) => this.listener?.key(keyOf(character, key)));
  }

  write(text: string): void {
    this.bells += text.split("\u0007").length - 1;
    this.screen.write(text);
  }

  take(listener: TerminalListener): () => void {
    this.listener = listener;
    return () => {
      // keys of the same read still come in, as on a real terminal
      setImmediate(() => {
        if (this.listener === listener) this.listener = undefined;
      });
    };
  }

  suspend(): void {
    this.suspended++;
  }

  /** Types and waits until it is drawn. */
  async type(bytes: string): Promise<void> {
    this.#input.emit("data", Buffer.from(bytes));
    await this.settled();
  }

  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}
