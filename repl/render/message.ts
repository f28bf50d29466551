import type { Colours } from "./colour.ts";
import { visibleLines } from "./safe.ts";

export type MessageKind = "warning" | "verbose" | "debug" | "information";

const labels = { warning: "WARNING: ", verbose: "VERBOSE: ", debug: "DEBUG: ", information: "" } as const;

/** A warning, verbose or debug message as lines for a terminal, marked as PowerShell marks them. */
export function messageLines(kind: MessageKind, text: string, colours: Colours): string[] {
  const lines = visibleLines(labels[kind] + text);
  return kind === "information" ? lines : lines.map((line) => colours.yellow(line));
}
