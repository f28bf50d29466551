import { type Align, cut, pad, width, wrap } from "./width.ts";

/**
 * Tables of text that is already safe and formatted. The rules are PowerShell's: a column that does not fit is taken
 * away from the right, the last one that does is narrowed, labels too long for their column go on in the next line.
 */

export interface TableColumn {
  /** May hold a line break: a header of two lines. */
  readonly label: string;
  readonly align: Align;
  /** In terminal columns. Without one the column takes an equal share of what the others leave. */
  readonly width?: number;
}

const separator = 1;
const narrowest = 4;

/** Width of each column in a table of at most `available` terminal columns; 0 for a column that is left out. */
export function columnWidths(columns: readonly TableColumn[], available: number): number[] {
  const widths = columns.map((column) => column.width ?? narrowest);
  const open = columns.flatMap((column, index) => (column.width === undefined ? [index] : []));
  let spare = available - total(widths);
  if (open.length > 0 && spare > 0) {
    const share = Math.floor(spare / open.length);
    let extra = spare % open.length;
    for (const index of open) widths[index] = (widths[index] ?? 0) + share + (extra-- > 0 ? 1 : 0);
    return widths;
  }
  for (let last = widths.length - 1; last >= 0 && spare < 0; last--) {
    const narrowed = (widths[last] ?? 0) + spare;
    const fits = narrowed >= Math.min(narrowest, widths[last] ?? 0) || (last === 0 && narrowed > 0);
    widths[last] = fits ? narrowed : 0;
    spare = available - total(widths);
  }
  return widths;
}

function total(widths: readonly number[]): number {
  const shown = widths.filter((each) => each > 0);
  return shown.reduce((sum, each) => sum + each, 0) + separator * Math.max(0, shown.length - 1);
}

/** `columns` as wide as their labels and `rows` ask for. */
export function fitted(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): TableColumn[] {
  return columns.map((column, index) => {
    let widest = Math.max(1, ...column.label.split("\n").map(width));
    for (const row of rows) widest = Math.max(widest, width(row[index] ?? ""));
    return { ...column, width: widest };
  });
}

/** The lines of the header: labels, then a dash below each letter of them. */
export function headerLines(columns: readonly TableColumn[], widths: readonly number[]): string[] {
  const labels = columns.map((column, index) =>
    column.label.split("\n").flatMap((line) => breakLabel(line, widths[index] ?? 0)),
  );
  const dashes = labels.map((lines) => "-".repeat(Math.max(0, ...lines.map(width))));
  return [...stack(labels, columns, widths), line(dashes, columns, widths)];
}

function breakLabel(label: string, columns: number): string[] {
  return columns > 0 ? wrap(label, columns) : [""];
}

/** The lines of one row: one, unless `wrapped` lets long cells go on below. */
export function rowLines(
  cells: readonly string[],
  columns: readonly TableColumn[],
  widths: readonly number[],
  wrapped = false,
): string[] {
  if (!wrapped) return [line(cells, columns, widths)];
  const broken = cells.map((cell, index) => cell.split("\n").flatMap((part) => breakLabel(part, widths[index] ?? 0)));
  return stack(broken, columns, widths);
}

function stack(
  cells: readonly (readonly string[])[],
  columns: readonly TableColumn[],
  widths: readonly number[],
): string[] {
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    line(
      cells.map((lines) => lines[row] ?? ""),
      columns,
      widths,
    ),
  );
}

function line(cells: readonly string[], columns: readonly TableColumn[], widths: readonly number[]): string {
  const shown: string[] = [];
  columns.forEach((column, index) => {
    const columnWidth = widths[index] ?? 0;
    if (columnWidth <= 0) return;
    shown.push(pad(cut(cells[index] ?? "", columnWidth, column.align), columnWidth, column.align));
  });
  return shown.join(" ".repeat(separator)).trimEnd();
}
