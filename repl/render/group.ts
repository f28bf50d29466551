import type { Maybe } from "../language/index.ts";

/** Consecutive objects that stand together: one table, or a list. Rows are text, safe and formatted. */
export interface Group<Row> {
  add(row: Row): Maybe<void>;
  /** Prints what is held back to size the columns. */
  flush(): Maybe<void>;
  /** Prints the rest and the blank line below. */
  end(): Maybe<void>;
}

/** What groups need of the place they print to. */
export interface Page {
  /** Writes lines. */
  lines(lines: readonly string[]): Maybe<void>;
  /** Paints a heading. */
  heading(text: string): string;
  /** Width of the terminal, 120 where there is none. */
  readonly columns: number;
}
