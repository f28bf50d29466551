import type { Asker } from "./asker.ts";
import { toText } from "./language/convert.ts";
import type { ErrorRecord, Host, HostText, ProgressRecord, PromptRequest, Value } from "./language/index.ts";
import type { Maybe } from "./language/maybe.ts";
import { type Colours, painter } from "./render/colour.ts";
import { errorLines } from "./render/error.ts";
import type { OutputWriter } from "./render/formatter.ts";
import { type MessageKind, messageLines } from "./render/message.ts";
import { ProgressView } from "./render/progress.ts";
import { visibleText } from "./render/safe.ts";

export interface ConsoleOptions {
  /** Where messages go: standard error. */
  readonly stream: NodeJS.WriteStream;
  readonly colours: Colours;
  /** What has been put out so far is shown before a message. */
  readonly output: OutputWriter;
  /** Asks the user; without it there is nobody to ask. */
  readonly ask?: Asker | undefined;
  /** Told of every error that is shown. */
  onError(record: ErrorRecord): void;
}

/** Messages, progress and questions of a session on the program's standard error. */
export class ConsoleHost implements Host {
  readonly #options: ConsoleOptions;
  readonly #progress: ProgressView;
  /** `Write-Host -NoNewline` was last: the cursor is not at the start of a line. */
  #midLine = false;

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.#progress = new ProgressView(options.stream);
  }

  get interactive(): boolean {
    return this.#options.ask !== undefined;
  }

  error(record: ErrorRecord): Maybe<void> {
    this.#options.onError(record);
    return this.#lines(errorLines(record, this.#options.colours, this.#options.stream.columns));
  }

  warning(text: string): Maybe<void> {
    return this.#message("warning", text);
  }

  verbose(text: string): Maybe<void> {
    return this.#message("verbose", text);
  }

  debug(text: string): Maybe<void> {
    return this.#message("debug", text);
  }

  information(value: Value): Maybe<void> {
    return this.#message("information", toText(value));
  }

  text(text: string, { newline, foreground, background }: HostText): Maybe<void> {
    const shown = painter(this.#options.colours, foreground, background)(visibleText(text));
    return this.#write(shown + (newline ? "\n" : ""), !newline && (this.#midLine || text !== ""));
  }

  output(value: Value): Maybe<void> {
    return this.#options.output.write(value);
  }

  progress(record: ProgressRecord): void {
    this.#progress.show(record);
  }

  async prompt(request: PromptRequest, signal: AbortSignal): Promise<string> {
    const { ask } = this.#options;
    if (ask === undefined) throw new Error("There is nobody to answer a prompt.");
    this.freshLine();
    await this.#options.output.flush();
    return ask(request, signal);
  }

  /** Ends what is unfinished on the screen: a line without its end, a progress bar. */
  freshLine(): void {
    this.#progress.hide();
    if (this.#midLine) this.#options.stream.write("\n");
    this.#midLine = false;
  }

  #message(kind: MessageKind, text: string): Maybe<void> {
    return this.#lines(messageLines(kind, text, this.#options.colours));
  }

  #lines(lines: readonly string[]): Maybe<void> {
    return this.#write(`${this.#midLine ? "\n" : ""}${lines.join("\n")}\n`, false);
  }

  #write(text: string, midLine: boolean): Maybe<void> {
    this.#progress.hide();
    this.#midLine = midLine;
    const flushed = this.#options.output.flush();
    if (flushed instanceof Promise) return flushed.then(() => void this.#options.stream.write(text));
    this.#options.stream.write(text);
  }
}
