import Conf from "conf";
import { configDirectory, fileOptions } from "./config.ts";
import { holdsSecret } from "./secrets.ts";

const defaultSize = 2000;

interface Stored extends Record<string, unknown> {
  readonly lines: readonly unknown[];
}

/** The lines typed in earlier sessions: `history.json`, beside the settings, readable by its owner only. */
export interface History {
  /** Oldest first. */
  read(): readonly string[];
  /** Keeps a line for the sessions to come, unless it holds a secret, is blank or repeats the last one. */
  add(line: string): void;
}

/**
 * Opens the history. It is a convenience: a file that is broken is started again, and where nothing can be written
 * (a read-only home) the shell works without.
 *
 * @param size how many lines are kept
 */
export function openHistory(directory = configDirectory(), size = defaultSize): History {
  let conf: Conf<Stored>;
  try {
    const defaults: Stored = { lines: [] };
    conf = new Conf<Stored>({ ...fileOptions(directory), configName: "history", clearInvalidConfig: true, defaults });
  } catch {
    return { read: () => [], add: () => {} };
  }
  const read = () => {
    const lines: unknown = conf.get("lines");
    return Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [];
  };
  return {
    read,
    add(line) {
      if (line.trim() === "" || holdsSecret(line)) return;
      try {
        // read again: another session may have written meanwhile
        const lines = read();
        if (lines.at(-1) !== line) conf.set("lines", [...lines, line].slice(-size));
      } catch {
        // a disk that is full or a folder that went away costs the line, not the session
      }
    },
  };
}
