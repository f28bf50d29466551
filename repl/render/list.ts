import { pad, width, wrap } from "./width.ts";

export interface ListEntry {
  readonly label: string;
  /** Lines of the value, already safe. */
  readonly lines: readonly string[];
}

/**
 * One object as `label : value` lines, the values in one column; a value that is too long for `available` terminal
 * columns goes on below, indented so that it cannot be taken for another property.
 */
export function listLines(entries: readonly ListEntry[], available: number): string[] {
  const labelWidth = Math.max(0, ...entries.map((entry) => width(entry.label)));
  const indent = " ".repeat(labelWidth + 3);
  const room = Math.max(10, available - indent.length);
  return entries.flatMap(({ label, lines }) => {
    const shown = lines.flatMap((line) => wrap(line, room));
    return shown.map((line, index) => (index === 0 ? `${pad(label, labelWidth)} : ${line}` : indent + line).trimEnd());
  });
}
