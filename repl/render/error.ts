import type { ErrorRecord, Position } from "../language/error.ts";
import type { Colours } from "./colour.ts";
import { visible, visibleLines } from "./safe.ts";
import { cut, head, width } from "./width.ts";

/**
 * An error as lines for a terminal: which command failed and why. For a script or text of several lines, and for a
 * syntax error, also file, line, the line's text and a caret below the place.
 *
 * ```text
 * Get-VM: report.ps1:3
 * Line |
 *    3 |  Get-VM nothere
 *      |  ^~~~~~~~~~~~~~
 *      | VM with name 'nothere' was not found using the specified filter(s).
 * ```
 */
export function errorLines(record: ErrorRecord, colours: Colours, available = 120): string[] {
  const message = visibleLines(record.message);
  const { position } = record;
  const subject = visible(record.command ?? title(record));
  if (position === undefined || !worthShowing(record, position)) {
    return message.map((line, index) => colours.red(index === 0 ? `${subject}: ${line}` : line));
  }
  const place = `${position.file === undefined ? "line " : `${visible(position.file)}:`}${position.line}`;
  const number = String(position.line);
  const gutter = Math.max(4, number.length);
  const bar = `${" ".repeat(gutter)} ${colours.cyan("|")}`;
  const { text, marks } = excerpt(position, Math.max(20, available - gutter - 4));
  return [
    `${colours.red(`${subject}:`)} ${place}`,
    `${colours.cyan(`${"Line".padStart(gutter)} |`)}`,
    `${colours.cyan(`${number.padStart(gutter)} |`)}  ${text}`,
    `${bar}  ${colours.red(marks)}`,
    ...message.map((line) => `${bar} ${colours.red(line)}`),
  ];
}

function title(record: ErrorRecord): string {
  if (record.category === "ParserError") return "ParserError";
  if (record.id === "CommandNotFoundException" && typeof record.target === "string") return record.target;
  const type = record.exception.typeNames[0] ?? "Exception";
  return type.slice(type.lastIndexOf(".") + 1).replace(/^RuntimeException$/, "Error");
}

// One line that was just typed needs no repeating; a syntax error in it still needs its caret.
function worthShowing(record: ErrorRecord, position: Position): boolean {
  return position.file !== undefined || record.category === "ParserError" || position.source.text.trim().includes("\n");
}

/** The source line and the marks below it, both cut to `available` columns around the place. */
function excerpt(position: Position, available: number): { text: string; marks: string } {
  const line = position.lineText;
  const start = Math.min(position.column - 1, line.length);
  const end = Math.min(line.length, start + Math.max(1, position.end - position.start));
  const indent = line.length - line.trimStart().length;
  const from = start - indent > available / 2 ? start - Math.floor(available / 3) : Math.min(indent, start);
  const lead = from > indent ? "…" : "";
  const before = lead + shown(line.slice(from, start));
  const marked = Math.max(1, width(shown(line.slice(start, end))));
  const text = cut(before + shown(line.slice(start)), available);
  const marks = `^${"~".repeat(marked - 1)}`;
  return { text, marks: head(" ".repeat(width(before)) + marks, available) };
}

function shown(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}
