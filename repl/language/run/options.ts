import type { Host } from "../command/host.ts";
import type { CommandRegistry } from "../command/registry.ts";
import type { Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";
import type { FileSink } from "./file-sink.ts";

/** What a session is made of: `new Interpreter({ host, commands })`. */
export interface InterpreterOptions {
  /** Where errors, warnings, progress and prompts go; default: nowhere, and nobody to ask. */
  readonly host?: Host;
  /** Commands besides the script's own functions; default: none. */
  readonly commands?: CommandRegistry;
  /** What `$env:` reads and writes; default: a copy of the process's environment. */
  readonly environment?: Record<string, string | undefined>;
  /** Opens a file that output is redirected to (`>`), as the renderer writes it; default: one line of text per object. */
  readonly openFile?: (path: string, append: boolean) => FileSink;
  /** Directory relative paths start from; default: the process's. */
  readonly location?: string;
}

/** `interpreter.run(text, options)` */
export interface RunOptions {
  /** Path of the script the text comes from: for positions, `$PSScriptRoot` and a script scope of its own. */
  readonly file?: string;
  /** Arguments of the script: bound to its `param` block, or `$args`. As on the command line: `-Name`, value, ... */
  readonly args?: readonly string[];
  /** Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Takes every object the text puts out. */
  onOutput?(value: Value): Maybe<void>;
}

export interface RunResult {
  /** 0: went well. 1: an error ended it, or its last statement failed. 2: syntax. 130: interrupted. Otherwise what `exit` said. */
  readonly exitCode: number;
  /** `$?` of the last statement. */
  readonly succeeded: boolean;
  /** `exit` was called: an interactive shell leaves. */
  readonly exited: boolean;
}
