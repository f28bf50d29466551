import type { Maybe } from "../language/index.ts";
import type { Group, Page } from "./group.ts";
import { visible } from "./safe.ts";
import type { Shape } from "./shape.ts";
import { columnWidths, fitted, headerLines, rowLines, type TableColumn } from "./table.ts";

/** How long rows wait for others to size the columns with them, in milliseconds, and how many wait at most. */
const patience = 300;
const enough = 1000;

export interface TableRow {
  readonly cells: readonly string[];
  /** Cells that hold numbers: they decide where a column stands that has no alignment of its own. */
  readonly numeric: readonly boolean[];
}

/**
 * One table. Where the columns' widths are known rows are printed as they come; where they depend on the content,
 * the first rows are held for 300 ms, as in PowerShell, and later ones are cut to fit.
 */
export class TableGroup implements Group<TableRow> {
  readonly #shape: Shape;
  readonly #page: Page;
  #held: TableRow[] = [];
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #layout: { readonly columns: readonly TableColumn[]; readonly widths: readonly number[] } | undefined;

  constructor(shape: Shape, page: Page) {
    this.#shape = shape;
    this.#page = page;
  }

  add(row: TableRow): Maybe<void> {
    if (this.#layout !== undefined) return this.#page.lines(this.#lines([row], this.#layout));
    if (this.#held.length === 0) this.#wait();
    this.#held.push(row);
    if (!this.#shape.fit) return this.flush();
    if (this.#shape.all === true) return;
    if (this.#held.length >= enough || performance.now() - this.#since >= patience) return this.flush();
  }

  flush(): Maybe<void> {
    return this.#shape.all === true ? undefined : this.#print();
  }

  #print(): Maybe<void> {
    clearTimeout(this.#timer);
    const rows = this.#held;
    if (rows.length === 0) return;
    this.#held = [];
    this.#layout = this.#measure(rows);
    const header =
      this.#shape.hideHeaders === true
        ? []
        : headerLines(this.#layout.columns, this.#layout.widths).map((line) => this.#page.heading(line));
    return this.#page.lines(["", ...header, ...this.#lines(rows, this.#layout)]);
  }

  end(): Maybe<void> {
    const flushed = this.#print();
    return flushed instanceof Promise ? flushed.then(() => this.#page.lines([""])) : this.#page.lines([""]);
  }

  #wait(): void {
    this.#since = performance.now();
    if (!this.#shape.fit || this.#shape.all === true) return;
    // Somebody may be waiting for the first rows while the next one takes long.
    this.#timer = setTimeout(() => void this.flush(), patience);
    this.#timer.unref();
  }

  #measure(rows: readonly TableRow[]): { columns: readonly TableColumn[]; widths: readonly number[] } {
    const columns = this.#shape.columns.map(({ label, align, width }, index): TableColumn => {
      const side = align ?? (rows[0]?.numeric[index] === true ? "right" : "left");
      const shown = label.split("\n").map(visible).join("\n");
      return width === undefined ? { label: shown, align: side } : { label: shown, align: side, width };
    });
    const sized = this.#shape.fit
      ? fitted(
          columns,
          rows.map((row) => row.cells),
        ).map((column, index) => ({ ...column, width: columns[index]?.width ?? column.width ?? 1 }))
      : columns;
    return { columns: sized, widths: columnWidths(sized, this.#page.columns) };
  }

  #lines(
    rows: readonly TableRow[],
    layout: { readonly columns: readonly TableColumn[]; readonly widths: readonly number[] },
  ): string[] {
    return rows.flatMap((row) => rowLines(row.cells, layout.columns, layout.widths, this.#shape.wrap));
  }
}
