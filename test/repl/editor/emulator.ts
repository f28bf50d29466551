import stringWidth from "string-width";

const graphemes = new Intl.Segmenter();

/** As much of a terminal as the editor uses: a grid of cells, wrapping at its right edge, scrolling at its bottom. */
export class Emulator {
  readonly columns: number;
  readonly height: number;
  row = 0;
  column = 0;
  #lines: string[][] = [[]];
  /** The last cell of a row was written: the next character begins the row below. */
  #pending = false;

  constructor(columns: number, height: number) {
    this.columns = columns;
    this.height = height;
  }

  /** What is on show, without blanks at the right and below. */
  get text(): string {
    const rows = Array.from(this.#lines, (line) =>
      Array.from({ length: line.length }, (_, column) => line[column] ?? " ")
        .join("")
        .trimEnd(),
    );
    return rows.join("\n").trimEnd();
  }

  write(data: string): void {
    for (const part of data.match(/\u001b\[[?\d;]*[A-Za-z]|[\r\n\u0007]|[^\u001b\r\n\u0007]+/g) ?? []) {
      if (part === "\r") this.#move(this.row, 0);
      else if (part === "\n") this.#lineFeed();
      else if (part.startsWith("\u001b")) this.#control(part);
      else if (part !== "\u0007") for (const { segment } of graphemes.segment(part)) this.#put(segment);
    }
  }

  #control(sequence: string): void {
    const by = Number(sequence.slice(2, -1)) || 1;
    if (sequence.endsWith("A")) this.#move(Math.max(0, this.row - by), this.column);
    else if (sequence.endsWith("C")) this.#move(this.row, Math.min(this.columns - 1, this.column + by));
    else if (sequence.endsWith("H")) this.#move(0, 0);
    else if (sequence === "\u001b[2J") this.#lines = [[]];
    else if (this.#pending && /[JK]$/.test(sequence)) throw new Error("erases the last cell of a full row");
    else if (sequence === "\u001b[K") this.#line().length = Math.min(this.#line().length, this.column);
    else if (sequence === "\u001b[J") {
      if (this.row === 0 && this.column === 0) throw new Error("erases the whole screen");
      this.#lines.length = Math.min(this.#lines.length, this.row + 1);
      this.#line().length = Math.min(this.#line().length, this.column);
    } else if (!/[mhl]$/.test(sequence)) throw new Error(`not emulated: ${JSON.stringify(sequence)}`);
  }

  #move(row: number, column: number): void {
    this.row = row;
    this.column = column;
    this.#pending = false;
  }

  #line(): string[] {
    while (this.#lines.length <= this.row) this.#lines.push([]);
    return this.#lines[this.row] ?? [];
  }

  #lineFeed(): void {
    this.#pending = false;
    this.row++;
    if (this.row < this.height) return;
    this.#lines.shift();
    this.row--;
  }

  #put(segment: string): void {
    const wide = stringWidth(segment);
    if (this.#pending || this.column + wide > this.columns) {
      this.#lineFeed();
      this.column = 0;
    }
    const line = this.#line();
    line[this.column] = segment;
    for (let at = 1; at < wide; at++) line[this.column + at] = "";
    this.column += wide;
    this.#pending = this.column >= this.columns;
    if (this.#pending) this.column = this.columns - 1;
  }
}
