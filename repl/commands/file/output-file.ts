import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { EOL } from "node:os";
import { after, type Maybe, type Value } from "../../language/index.ts";
import { Formatter } from "../../render/formatter.ts";
import { TextSink } from "../../render/sink.ts";
import { encodeText } from "./encoding.ts";
import { fileError } from "./file-error.ts";

export interface OutputFileOptions {
  readonly append?: boolean;
  readonly noClobber?: boolean;
  readonly encoding?: string;
  /** Columns a line may take; 120 unless told otherwise. */
  readonly width?: number | undefined;
  readonly noNewline?: boolean;
}

/**
 * A file that takes objects as the screen would show them: `>`, Out-File, Tee-Object. It is there from the start and
 * grows as objects come, so that a long script's log can be read while it runs.
 */
export class OutputFile {
  readonly #path: string;
  readonly #options: OutputFileOptions;
  readonly #sink = new TextSink();
  readonly #formatter: Formatter;
  readonly #file: number;
  #started: boolean;

  constructor(path: string, options: OutputFileOptions = {}) {
    this.#path = path;
    this.#options = options;
    const { width = 120, append = false, noClobber = false } = options;
    this.#formatter = new Formatter(this.#sink, { columns: () => width });
    try {
      this.#file = openSync(path, append ? "a" : noClobber ? "wx" : "w");
      this.#started = fstatSync(this.#file).size > 0;
    } catch (error) {
      throw fileError(error, path, "write");
    }
  }

  write(value: Value): Maybe<void> {
    return after(this.#formatter.write(value), () => this.#store());
  }

  close(): Maybe<void> {
    return after(this.#formatter.end(), () => {
      try {
        this.#store();
      } finally {
        closeSync(this.#file);
      }
    });
  }

  #store(): void {
    const text = this.#sink.take();
    if (text === "") return;
    const { noNewline = false, encoding } = this.#options;
    const bytes = encodeText(text.replaceAll("\n", noNewline ? "" : EOL), encoding, this.#started);
    this.#started = true;
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    } catch (error) {
      throw fileError(error, this.#path, "write");
    }
  }
}
