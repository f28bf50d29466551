import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../../../repl/commands/index.ts";
import {
  type ErrorRecord,
  Interpreter,
  type PromptRequest,
  silentHost,
  toText,
  type Value,
} from "../../../repl/language/index.ts";
import { Formatter } from "../../../repl/render/formatter.ts";
import { TextSink } from "../../../repl/render/sink.ts";

export interface Ran {
  /** What standard output would show. */
  readonly text: string;
  readonly values: readonly Value[];
  readonly errors: readonly ErrorRecord[];
  /** What Write-Host, warnings and the like showed, a line each. */
  readonly messages: readonly string[];
  readonly exitCode: number;
}

export interface RunSettings {
  readonly location?: string;
  readonly signal?: AbortSignal;
  /** Answers to questions; without it there is nobody to ask. */
  readonly answer?: (request: PromptRequest) => string;
}

/** Runs a script in a session of its own with all commands. */
export async function run(script: string, settings: RunSettings = {}): Promise<Ran> {
  const { answer, location, signal } = settings;
  const errors: ErrorRecord[] = [];
  const messages: string[] = [];
  const values: Value[] = [];
  const sink = new TextSink();
  const formatter = new Formatter(sink);
  const session = new Interpreter({
    commands,
    ...(location === undefined ? {} : { location }),
    host: {
      ...silentHost,
      interactive: answer !== undefined,
      error: (record) => void errors.push(record),
      warning: (text) => void messages.push(`WARNING: ${text}`),
      verbose: (text) => void messages.push(`VERBOSE: ${text}`),
      information: (value) => void messages.push(toText(value)),
      output: (value) => formatter.write(value),
      text: (text) => void messages.push(text),
      prompt: (request) =>
        answer ? Promise.resolve(answer(request)) : silentHost.prompt(request, new AbortController().signal),
    },
  });
  const { exitCode } = await session.run(script, {
    ...(signal === undefined ? {} : { signal }),
    onOutput(value) {
      values.push(value);
      return formatter.write(value);
    },
  });
  await formatter.end();
  return { text: sink.take(), values, errors, messages, exitCode };
}

/** Runs `action` in an empty directory that is removed afterwards. */
export async function inDirectory<T>(action: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "fargo-"));
  try {
    return await action(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
