import { closeSync, constants, openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, reasonOf, ServeError } from "./failure.ts";
import { print } from "./output.ts";

/** Whoever opens a FIFO for writing waits for its reader; without waiting here, signals end the program meanwhile. */
const writing = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NONBLOCK ?? 0);

/** Opens a file, or a FIFO as soon as somebody reads it; undefined when the end was asked for before. */
async function open(path: string, isEnding: () => boolean): Promise<number | undefined> {
  while (!isEnding()) {
    try {
      return openSync(path, writing, 0o600);
    } catch (error) {
      if (codeOf(error) !== "ENXIO")
        throw new ServeError(`-E ${JSON.stringify(path)} cannot be written: ${reasonOf(error)}`);
    }
    await sleep(10);
  }
  return undefined;
}

/** Writes vcsim's line where `-E` says: `-` is standard output, all else a file or a FIFO. */
export async function writeVariables(path: string, line: string, isEnding: () => boolean): Promise<void> {
  if (path === "-") return print(line);
  const file = await open(path, isEnding);
  if (file === undefined) return;
  try {
    writeSync(file, line);
  } catch (error) {
    throw new ServeError(`-E ${JSON.stringify(path)} cannot be written: ${reasonOf(error)}`);
  } finally {
    closeSync(file);
  }
}
