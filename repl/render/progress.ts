import type { SingleBar } from "cli-progress";
import { visible } from "./safe.ts";
import { cut } from "./width.ts";

/** One report of how far something long is; `total` unset means that the end is not known. */
export interface ProgressRecord {
  readonly activity: string;
  readonly status?: string;
  readonly current?: number;
  readonly total?: number;
  readonly done?: boolean;
}

interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * A progress bar on a terminal; nothing at all where the stream is none, since a log has no use for redrawn lines.
 * The bar's library is loaded when the first report is shown.
 */
export class ProgressView {
  readonly #stream: ProgressStream;
  #bar: SingleBar | undefined;
  #loading: Promise<void> | undefined;
  #last: ProgressRecord | undefined;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  /** Shows `record` in place of the one before; `done` takes the bar away. */
  show(record: ProgressRecord): void {
    if (this.#stream.isTTY !== true) return;
    if (record.done === true) {
      this.hide();
      return;
    }
    this.#last = record;
    if (this.#bar === undefined) this.#loading ??= this.#load();
    else this.#draw(this.#bar, record);
  }

  /** Takes the bar off the terminal, so that other output can be written; the next report brings it back. */
  hide(): void {
    this.#last = undefined;
    this.#bar?.stop();
    this.#bar = undefined;
  }

  /** Settles when a bar that is on its way has been drawn. */
  async settled(): Promise<void> {
    await this.#loading;
  }

  async #load(): Promise<void> {
    const { default: library } = await import("cli-progress");
    this.#loading = undefined;
    if (this.#last === undefined) return;
    this.#bar = new library.SingleBar({
      stream: this.#stream,
      format: "{activity} [{bar}] {status}",
      barsize: Math.max(10, Math.min(40, (this.#stream.columns ?? 80) - 50)),
      clearOnComplete: true,
      forceRedraw: true,
      emptyOnZero: true,
    });
    this.#bar.start(this.#last.total ?? 0, this.#last.current ?? 0, this.#payload(this.#last));
  }

  #draw(bar: SingleBar, record: ProgressRecord): void {
    bar.setTotal(record.total ?? 0);
    bar.update(record.current ?? 0, this.#payload(record));
  }

  #payload(record: ProgressRecord): { activity: string; status: string } {
    const room = Math.max(8, Math.floor(((this.#stream.columns ?? 80) - 12) / 3));
    const counted = record.total === undefined ? `${record.current ?? ""}` : `${record.current ?? 0}/${record.total}`;
    const status = [counted, visible(record.status ?? "")].filter((part) => part !== "").join(" ");
    return { activity: cut(visible(record.activity), room), status: cut(status, room) };
  }
}
