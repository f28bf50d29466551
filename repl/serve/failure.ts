import { exitCodes, UsageError } from "../exit.ts";
import { inventoryPath } from "./inventory-path.ts";

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use; another one, or port 0 for any that is free?",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "there is no such name",
  EAI_AGAIN: "the name cannot be looked up",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a directory",
};

export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** Why something of the system did not work, in a few words. */
export const reasonOf = (error: unknown): string =>
  reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";

/** What went wrong outside, told in one line; the exit code is 1. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}

/** Runs a step of the start; what it refuses (a RangeError: options, an inventory) is wrong usage. */
export async function refusing<T>(source: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(inventoryPath(source, error.message));
    throw error;
  }
}

/** Shows in one line why there is no server, and answers the exit code. Mistakes of ours go on to whoever shows them. */
export function failed(program: string, error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${program}: ${error.message}\nTry "${program} --help".\n`);
    return exitCodes.usage;
  }
  if (error instanceof ServeError) {
    process.stderr.write(`${program}: ${error.message}\n`);
    return exitCodes.failed;
  }
  throw error;
}
