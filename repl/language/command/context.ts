import type { ErrorOptions, ErrorRecord } from "../errors/error-record.ts";
import type { Position } from "../errors/position.ts";
import type { Maybe } from "../maybe.ts";
import type { Session } from "../session.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import type { HostText, ProgressRecord, PromptRequest } from "./host.ts";

/** Runs one script block many times, as `ForEach-Object` and `Where-Object` do. */
export interface BlockRunner {
  /** Runs it with `$_` set; what it puts out goes to the command's output as it comes. */
  each(item: Value): Maybe<void>;
  /** Runs it with `$_` set; `$null`, the one object it put out, or an array of them. */
  value(item: Value, ...args: readonly Value[]): Maybe<Value>;
  /** The same as a boolean. */
  test(item: Value): Maybe<boolean>;
}

/** What a running command has to hand. `S` is the state its declaration makes for each invocation. */
export interface CommandContext<S = undefined> {
  readonly state: S;
  readonly session: Session;
  readonly signal: AbortSignal;
  /** The name it was called by. */
  readonly name: string;
  readonly position: Position | undefined;
  /** The parameter set that was chosen; "" when the command has none. */
  readonly parameterSet: string;
  /** True when something is piped in. */
  readonly hasInput: boolean;
  /** True when the caller gave this parameter (a default does not count). */
  isBound(parameter: string): boolean;

  /**
   * Sends an object to the next stage; an array goes as its elements. When it returns a promise the next stage is
   * busy: a command that writes much should await it, the order is kept either way.
   */
  write(value: Value): Maybe<void>;
  /** Sends an array as one object. */
  writeWhole(value: Value): Maybe<void>;
  /** Reports a non-terminating error; throws when the error action is Stop. */
  error(problem: ErrorRecord | Error | string, options?: ErrorOptions): Maybe<void>;
  warn(text: string): Maybe<void>;
  verbose(text: string): Maybe<void>;
  debug(text: string): Maybe<void>;
  information(value: Value): Maybe<void>;
  /** `Write-Host`; ends the line unless told otherwise. */
  host(text: string, options?: Partial<HostText>): Maybe<void>;
  progress(record: ProgressRecord): Maybe<void>;
  /** `-WhatIf` and `-Confirm`: true when the change should be made. */
  shouldProcess(target: string, action?: string): Maybe<boolean>;
  prompt(request: PromptRequest): Promise<string>;

  /** A runner of a script block in the scope of the caller (`newScope`: in one of its own). */
  block(block: ScriptBlock, options?: { readonly newScope?: boolean }): BlockRunner;
  /** Ends the pipeline up to here: no more input is wanted (`Select-Object -First`). Never returns. */
  stop(): never;
  /** Polls the clock; await what it returns, if anything, in loops that take long. */
  breathe(): Promise<void> | undefined;
}
