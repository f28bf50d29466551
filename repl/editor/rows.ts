/** One row of the terminal. */
export interface Row {
  /** With escape sequences. */
  readonly text: string;
  readonly width: number;
  /** The text goes on in the next row: the terminal wraps there by itself. */
  readonly wraps: boolean;
}

/** Rows under construction: cells go in, rows come out. */
export class Rows {
  readonly done: Row[] = [];
  readonly #columns: number;
  #text = "";
  #width = 0;
  #sgr = "";

  constructor(columns: number) {
    this.#columns = columns;
  }

  get row(): number {
    return this.done.length;
  }

  get column(): number {
    return this.#width;
  }

  get full(): boolean {
    return this.#width >= this.#columns;
  }

  /** Begins a new row unless `wide` columns are left: a wide character does not stand half in the next row. */
  reserve(wide: number): void {
    if (this.#width > 0 && this.#width + wide > this.#columns) this.#end(true);
  }

  put(shown: string, wide: number, sgr: string): void {
    if (sgr !== this.#sgr) this.#text += (this.#sgr === "" ? "" : "\u001b[m") + (sgr === "" ? "" : `\u001b[${sgr}m`);
    this.#sgr = sgr;
    this.#text += shown;
    this.#width += wide;
  }

  newline(): void {
    this.#end(false);
  }

  #end(wraps: boolean): void {
    if (this.#sgr !== "") this.#text += "\u001b[m";
    this.done.push({ text: this.#text, width: this.#width, wraps });
    this.#text = "";
    this.#width = 0;
    this.#sgr = "";
  }
}
