import type { Maybe } from "../language/maybe.ts";
import type { Key } from "./keys.ts";
import { type Frame, layOut, type Style } from "./layout.ts";
import { listing } from "./listing.ts";
import { type Completions, offer } from "./menu.ts";
import type { Screen } from "./screen.ts";
import { type EditorState, type Effect, freshState, type Rules } from "./state.ts";
import { step } from "./step.ts";
import type { Terminal } from "./terminal.ts";

/** What the language and the session do for the editor. */
export interface ReadingOptions extends Rules {
  /** Colours for a text. */
  highlight(text: string): readonly Style[];
  /** What may stand at the cursor. */
  complete(text: string, cursor: number, signal: AbortSignal): Maybe<Completions>;
}

export type Answer =
  | { readonly kind: "line"; readonly text: string }
  /** Ctrl-C; `empty` when there was nothing to give up. */
  | { readonly kind: "interrupt"; readonly empty: boolean }
  /** Ctrl-D, or the terminal is gone. */
  | { readonly kind: "leave" };

const more = ">> ";
const bell = "\u0007";

/** One input being read: takes keys from the terminal, keeps the state, and has it drawn. */
export class Reading {
  readonly #terminal: Terminal;
  readonly #screen: Screen;
  readonly #options: ReadingOptions;
  readonly #prompt: string;
  #state: EditorState;
  #waiting: Key[] = [];
  #completing: AbortController | undefined;
  #drawing: NodeJS.Immediate | undefined;
  #finish: ((answer: Answer) => void) | undefined;

  constructor(terminal: Terminal, screen: Screen, options: ReadingOptions, prompt: string) {
    this.#terminal = terminal;
    this.#screen = screen;
    this.#options = options;
    this.#prompt = prompt;
    this.#state = freshState(options);
  }

  get killed(): readonly string[] {
    return this.#state.killed;
  }

  /** Keys that came when the line was done already: they belong to the next. */
  get waiting(): readonly Key[] {
    return this.#waiting;
  }

  start(killed: readonly string[], waiting: readonly Key[]): Promise<Answer> {
    this.#state = freshState(this.#options, killed);
    this.#waiting = [...waiting];
    return new Promise((resolve) => {
      const release = this.#terminal.take({
        key: (key) => this.#take(key),
        resize: () => {
          this.#screen.resized(this.#terminal.columns);
          this.#drawSoon();
        },
        resume: () => {
          this.#screen.forget();
          this.#drawSoon();
        },
        end: () => this.#end({ kind: "leave" }),
      });
      this.#finish = (answer) => {
        release();
        resolve(answer);
      };
      this.#draw();
      this.#takeWaiting();
    });
  }

  #take(key: Key): void {
    if (this.#completing !== undefined && key.name === "ctrl-c") this.#completed(this.#completing, undefined);
    else if (this.#finish === undefined || this.#completing !== undefined) this.#waiting.push(key);
    else {
      const { state, effect } = step(this.#state, key, this.#options);
      this.#state = state;
      this.#drawSoon();
      this.#act(effect);
    }
  }

  #takeWaiting(): void {
    while (this.#finish !== undefined && this.#completing === undefined) {
      const key = this.#waiting.shift();
      if (key === undefined) return;
      this.#take(key);
    }
  }

  #act(effect: Effect): void {
    const { text } = this.#state.line;
    if (effect === "submit") this.#end({ kind: "line", text });
    else if (effect === "leave") this.#end({ kind: "leave" });
    else if (effect === "interrupt") this.#end({ kind: "interrupt", empty: text === "" });
    else if (effect === "clear") this.#screen.clear();
    else if (effect === "bell") this.#terminal.write(bell);
    else if (effect === "suspend") this.#suspend();
    else if (effect === "complete") this.#complete();
  }

  #suspend(): void {
    clearImmediate(this.#drawing);
    this.#drawing = undefined;
    this.#screen.finish(this.#frame({ ...this.#state, menu: undefined }), this.#terminal);
    this.#terminal.suspend();
  }

  #end(answer: Answer): void {
    const finish = this.#finish;
    if (finish === undefined) return;
    this.#finish = undefined;
    clearImmediate(this.#drawing);
    this.#completing?.abort();
    const { text } = this.#state.line;
    const line = { text, cursor: text.length };
    this.#screen.finish(this.#frame({ ...this.#state, menu: undefined, search: undefined, line }), this.#terminal);
    finish(answer);
  }

  /** Asks what may stand at the cursor; keys wait meanwhile, Ctrl-C gives it up. */
  #complete(): void {
    const controller = new AbortController();
    this.#completing = controller;
    const { text, cursor } = this.#state.line;
    // in a promise even if the answer is there at once: a completer that throws is one that found nothing
    const found = (async () => this.#options.complete(text, cursor, controller.signal))();
    found.then(
      (completions) => this.#completed(controller, completions),
      () => this.#completed(controller, undefined),
    );
  }

  #completed(controller: AbortController, found: Completions | undefined): void {
    if (this.#completing !== controller || this.#finish === undefined) return;
    this.#completing = undefined;
    controller.abort();
    const offered = found === undefined ? undefined : offer(this.#state, found);
    if (offered === undefined) this.#terminal.write(bell);
    this.#state = offered ?? this.#state;
    this.#drawSoon();
    this.#takeWaiting();
  }

  /** Many keys at once, such as a paste, are drawn once. */
  #drawSoon(): void {
    this.#drawing ??= setImmediate(() => this.#draw());
  }

  #draw(): void {
    this.#drawing = undefined;
    if (this.#finish !== undefined) this.#screen.draw(this.#frame(this.#state), this.#terminal);
  }

  #frame({ search, menu, line }: EditorState): Frame {
    const { columns, rows, colours } = this.#terminal;
    return layOut({
      prompt: search === undefined ? this.#prompt : `${search.found ? "search" : "not found"} '${search.query}': `,
      more,
      text: line.text,
      cursor: line.cursor,
      styles: colours ? this.#options.highlight(line.text) : [],
      below: menu === undefined ? [] : listing(menu, columns, Math.max(3, rows - 4), colours),
      columns,
    });
  }
}
