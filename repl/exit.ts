import type { ErrorRecord } from "./language/error.ts";

/** What the program's exit code says. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** Wrong usage, or a syntax error. */
  usage: 2,
  /** Not connected, or the login was refused. */
  connection: 3,
  /** A bulk command failed in part. */
  partial: 4,
  interrupted: 130,
} as const;

/** The program was started wrongly: its message is shown as it is, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The `id` of the error a bulk command reports when some of its operations failed and others did not. */
export const failedInPart = "FailedInPart";

/** Watches the errors of a run, for the exit code to say more than that there was one. */
export class ExitCode {
  #failed = false;
  #connection = false;
  #partial = false;

  note(record: ErrorRecord): void {
    this.#failed = true;
    if (record.category === "ConnectionError" || record.category === "AuthenticationError") this.#connection = true;
    if (record.id === failedInPart) this.#partial = true;
  }

  /**
   * The code of a run that the language ended with `code`. A command that failed counts though others after it went well,
   * and plain failure becomes the particular one.
   */
  refine(code: number): number {
    if (code === exitCodes.ok ? !this.#failed : code !== exitCodes.failed) return code;
    if (this.#connection) return exitCodes.connection;
    return this.#partial ? exitCodes.partial : exitCodes.failed;
  }
}
