import { type ErrorOptions, ErrorRecord } from "./error-record.ts";

/**
 * How far an error goes when nothing catches it: `statement` ends the statement and the script goes on with the next
 * one (a failed cast, a method that throws); `command` ends the function it is thrown in, and is then a statement's
 * error for the caller (`ThrowTerminatingError`); `script` ends the script (`throw`, `-ErrorAction Stop`).
 */
export type Reach = "statement" | "command" | "script";

/** An error record on its way up: what the language and its commands throw. */
export class ScriptError extends Error {
  readonly record: ErrorRecord;
  readonly reach: Reach;

  constructor(record: ErrorRecord, reach: Reach = "statement") {
    super(record.message);
    this.name = "ScriptError";
    this.record = record;
    this.reach = reach;
  }
}

/**
 * An error to throw.
 *
 * ```ts
 * throw scriptError("Cannot find path 'x'.", { category: "ObjectNotFound", target: "x", id: "PathNotFound" });
 * ```
 */
export function scriptError(message: string, options: ErrorOptions & { readonly reach?: Reach } = {}): ScriptError {
  return new ScriptError(ErrorRecord.of(message, options), options.reach ?? "statement");
}
