/** A piece of text that was parsed, and where it came from. */
export class Source {
  readonly text: string;
  /** Path of the script; undefined for what was typed at the prompt or given with `-c`. */
  readonly file: string | undefined;
  private lineStarts: readonly number[] | undefined;

  constructor(text: string, file?: string) {
    this.text = text;
    this.file = file;
  }

  /** Line (from 1) of an offset. */
  lineAt(offset: number): number {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Column (from 1) of an offset. */
  columnAt(offset: number): number {
    return offset - (this.starts()[this.lineAt(offset) - 1] ?? 0) + 1;
  }

  /** Text of a line (from 1) without its line break. */
  line(line: number): string {
    const starts = this.starts();
    const start = starts[line - 1] ?? this.text.length;
    return this.text.slice(start, starts[line] ?? this.text.length).replace(/\r?\n$/, "");
  }

  private starts(): readonly number[] {
    if (this.lineStarts) return this.lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.lineStarts = starts;
    return starts;
  }
}

/** From `start` up to, not including, `end`; offsets in the source's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where something stands: file, line and column (from 1), and its text. */
export class Position implements Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;

  constructor(source: Source, span: Span) {
    this.source = source;
    this.start = span.start;
    this.end = span.end;
  }

  get file(): string | undefined {
    return this.source.file;
  }

  get line(): number {
    return this.source.lineAt(this.start);
  }

  get column(): number {
    return this.source.columnAt(this.start);
  }

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** The source line it starts on. */
  get lineText(): string {
    return this.source.line(this.line);
  }

  /** `At line:1 char:5` and the line, as `InvocationInfo.PositionMessage` has it. */
  get message(): string {
    const place = this.file === undefined ? "line" : this.file;
    const marks = "~".repeat(Math.max(1, Math.min(this.end - this.start, this.lineText.length - this.column + 1)));
    return `At ${place}:${this.line} char:${this.column}\n+ ${this.lineText}\n+ ${" ".repeat(this.column - 1)}${marks}`;
  }
}
