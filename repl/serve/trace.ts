import { closeSync, openSync, writeSync } from "node:fs";
import type { ListenOptions } from "../../sdk/host/index.ts";
import { reasonOf, ServeError } from "./failure.ts";

export interface Trace {
  readonly write: NonNullable<ListenOptions["trace"]>;
  close(): void;
}

/** Where requests and answers are written to, without the passwords in them: a file, or standard error. */
export function openTrace(path: string): Trace {
  const line = (way: "request" | "answer", text: string) => `${way === "request" ? "Request" : "Response"}: ${text}\n`;
  if (path === "") return { write: (_id, way, text) => void process.stderr.write(line(way, text)), close: () => {} };
  let file: number;
  try {
    file = openSync(path, "w", 0o600);
  } catch (error) {
    throw new ServeError(`-trace-file ${JSON.stringify(path)} cannot be written: ${reasonOf(error)}`);
  }
  return { write: (_id, way, text) => void writeSync(file, line(way, text)), close: () => closeSync(file) };
}
