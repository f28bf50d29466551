import { toText } from "../convert/to-text.ts";
import type { Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";
import { writeText } from "./files.ts";
import type { Sink } from "./sink.ts";

/** Takes objects for a file and writes them when it is closed, if not before. */
export interface FileSink extends Sink {
  close(): Maybe<void>;
}

/** A file that takes each object as a line of text: what `>` does when the shell has no renderer to offer. */
export function openTextFile(path: string, location: string, append: boolean, separator: string): FileSink {
  const lines: string[] = [];
  return {
    write(value: Value) {
      lines.push(`${toText(value, separator)}\n`);
    },
    close: () => writeText(path, location, lines.join(""), append),
  };
}
