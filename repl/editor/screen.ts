import type { Frame } from "./layout.ts";
import type { Row } from "./rows.ts";

interface Shown {
  readonly rows: readonly Row[];
  readonly row: number;
}

const nothing: Shown = { rows: [], row: 0 };

/** What of a frame is seen on a terminal too low for all of it: the rows around the cursor. */
function clip(frame: Frame, height: number): Frame {
  if (frame.rows.length <= height) return frame;
  const last = Math.min(frame.rows.length, Math.max(height, frame.row + 1));
  const first = last - height;
  return { rows: frame.rows.slice(first, last), row: frame.row - first, column: frame.column };
}

/**
 * Draws frames over one another, each in a single write. It knows what it drew last and where it left the cursor, and
 * needs no answer from the terminal.
 */
export class Screen {
  readonly #write: (text: string) => void;
  #shown: Shown = nothing;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Shows `frame` in place of the one before. */
  draw(frame: Frame, height: number): void {
    const seen = clip(frame, Math.max(1, height));
    const last = seen.rows.length - 1;
    let out = `${this.#home()}\u001b[J`;
    for (const [index, row] of seen.rows.entries()) out += row.text + (row.wraps || index === last ? "" : "\r\n");
    if (last > seen.row) out += `\u001b[${last - seen.row}A`;
    out += seen.column > 0 ? `\r\u001b[${seen.column}C` : "\r";
    // hidden while it jumps
    this.#write(`\u001b[?25l${out}\u001b[?25h`);
    this.#shown = seen;
  }

  /** Shows `frame` whole, however long, and goes to the line below it: what follows is printed there. */
  finish(frame: Frame): void {
    let out = `${this.#home()}\u001b[J`;
    for (const row of frame.rows) out += row.text + (row.wraps ? "" : "\r\n");
    this.#write(out);
    this.#shown = nothing;
  }

  /** Clears the terminal; the next frame stands at its top. */
  clear(): void {
    this.#write("\u001b[H\u001b[2J");
    this.#shown = nothing;
  }

  /** Forgets what was drawn: something else was printed meanwhile. */
  forget(): void {
    this.#shown = nothing;
  }

  /** The terminal has another width now and has wrapped what it shows anew. */
  resized(columns: number): void {
    const { rows, row } = this.#shown;
    let above = 0;
    let run = 0;
    for (const one of rows.slice(0, row)) {
      run += one.width;
      if (one.wraps) continue;
      above += Math.max(1, Math.ceil(run / columns));
      run = 0;
    }
    above += Math.floor(run / columns);
    this.#shown = { rows, row: above };
  }

  #home(): string {
    return this.#shown.row > 0 ? `\r\u001b[${this.#shown.row}A` : "\r";
  }
}
