import type { Frame } from "./layout.ts";
import type { Row } from "./rows.ts";

interface Shown {
  readonly rows: readonly Row[];
  readonly row: number;
  readonly column: number;
  /** Rows may stand below that nobody counted. */
  readonly ragged?: boolean;
}

/** How much a terminal shows. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const nothing: Shown = { rows: [], row: 0, column: 0 };

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
  draw(frame: Frame, size: Size): void {
    const seen = clip(frame, Math.max(1, size.rows));
    const last = seen.rows.length - 1;
    let out = this.#over(seen.rows, size.columns, false);
    if (last > seen.row) out += `\u001b[${last - seen.row}A`;
    out += seen.column > 0 ? `\r\u001b[${seen.column}C` : "\r";
    // hidden while it jumps
    this.#write(`\u001b[?25l${out}\u001b[?25h`);
    this.#shown = seen;
  }

  /** Shows `frame` whole, however long, and goes to the line below it: what follows is printed there. */
  finish(frame: Frame, size: Size): void {
    this.#write(this.#over(frame.rows, size.columns, true));
    this.#shown = nothing;
  }

  /**
   * Writes rows over those that are there. Each row's rest is erased by itself: erasing the whole screen, from its first
   * cell, makes some terminals keep a copy of it.
   */
  #over(rows: readonly Row[], columns: number, newline: boolean): string {
    const { row, rows: old, ragged = false } = this.#shown;
    const last = rows.length - 1;
    let out = row > 0 ? `\r\u001b[${row}A` : "\r";
    for (const [index, { text, width, wraps }] of rows.entries()) {
      // behind the last cell of a row there is nothing to erase, but a terminal would erase that cell
      out += text + (width < columns ? "\u001b[K" : "");
      if (!wraps && (index < last || newline)) out += "\r\n";
    }
    if (old.length <= rows.length && !ragged) return out;
    return out + (newline ? "\u001b[J" : "\r\n\u001b[J\u001b[A");
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
    const { rows, row, column } = this.#shown;
    let above = 0;
    let run = 0;
    for (const one of rows.slice(0, row)) {
      run += one.width;
      if (one.wraps) continue;
      above += Math.max(1, Math.ceil(run / columns));
      run = 0;
    }
    above += Math.floor((run + column) / columns);
    this.#shown = { rows, row: above, column, ragged: true };
  }
}
