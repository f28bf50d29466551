import { bindArguments } from "./bind/bind.ts";
import type { Argument } from "./bind/parameter.ts";
import { silentHost } from "./command/host.ts";
import { commandRegistry } from "./command/registry.ts";
import type { BlockCode } from "./compile/block.ts";
import { after, eachInTurn, type Maybe } from "./maybe.ts";
import { parse } from "./parse.ts";
import { Engine } from "./run/engine.ts";
import { FrameSession } from "./run/frame-session.ts";
import { FunctionStage } from "./run/function-stage.ts";
import { askMandatory } from "./run/mandatory.ts";
import type { InterpreterOptions, RunOptions, RunResult } from "./run/options.ts";
import { runStages } from "./run/pipeline.ts";
import { codeOf, syntaxError } from "./run/scripts.ts";
import { Interrupt, LoopExit, PipelineStop, ScriptExit } from "./run/signals.ts";
import { nullSink, type Sink } from "./run/sink.ts";
import type { Session } from "./session.ts";

const INTERRUPTED = 130;
const SYNTAX = 2;
/** How long a command that does not listen to Ctrl-C, and a `finally` block, are waited for. */
const GRACE_MS = 50;
const FINALLY_GRACE_MS = 2000;

/**
 * Runs scripts in one session: variables, functions and errors stay from one run to the next.
 *
 * ```ts
 * const interpreter = new Interpreter({ host, commands });
 * const { exitCode } = await interpreter.run("1..3 | ForEach-Object { $_ * 2 }", { onOutput: (value) => show(value) });
 * ```
 */
export class Interpreter {
  private readonly engine: Engine;

  constructor(options: InterpreterOptions = {}) {
    this.engine = new Engine({
      host: options.host ?? silentHost,
      commands: options.commands ?? commandRegistry([]),
      environment: options.environment ?? { ...process.env },
      location: options.location ?? process.cwd(),
      openFile: options.openFile,
    });
  }

  /** The session seen from the global scope. */
  get session(): Session {
    return new FrameSession(this.engine, this.engine.root);
  }

  /** Runs a text. Errors go to the host; it never rejects because of what a script does. */
  async run(text: string, options: RunOptions = {}): Promise<RunResult> {
    const { engine } = this;
    const script = parse(text, options.file);
    if (script.errors.length > 0) {
      await eachInTurn(script.errors, (problem) => {
        const { record } = syntaxError(problem, script.source);
        engine.log(record);
        return engine.host.error(record);
      });
      engine.succeeded = false;
      return { exitCode: SYNTAX, succeeded: false, exited: false };
    }
    const restore = engine.listen(options.signal);
    try {
      return await this.settled(this.execute(codeOf(script), options), options.signal);
    } finally {
      restore();
    }
  }

  private async execute(code: BlockCode, options: RunOptions): Promise<RunResult> {
    const { engine } = this;
    try {
      await this.start(code, options);
    } catch (error) {
      return this.ended(error);
    }
    return { exitCode: engine.succeeded ? 0 : 1, succeeded: engine.succeeded, exited: false };
  }

  private start(code: BlockCode, options: RunOptions): Maybe<void> {
    const { engine } = this;
    const out: Sink = options.onOutput ? { write: (value) => options.onOutput?.(value) } : nullSink;
    const frame = engine.root.with({ out });
    const binding = bindArguments(code.plan, (options.args ?? []).flatMap(fromCommandLine));
    const scope = options.file === undefined ? undefined : ({ parent: engine.global, kind: "script" } as const);
    engine.global.automatic = { automatic: (name) => (name === "args" ? [...binding.rest] : undefined) };
    return after(askMandatory(binding, frame, false), () => {
      const stage = new FunctionStage(
        {
          code,
          name: options.file ?? "",
          caller: frame,
          binding,
          streams: frame.streams,
          position: undefined,
          hasInput: false,
          scope,
          file: options.file,
          isRoot: true,
        },
        out,
      );
      return runStages([stage], undefined);
    });
  }

  private async ended(error: unknown): Promise<RunResult> {
    const { engine } = this;
    if (error instanceof ScriptExit) {
      return { exitCode: error.code & 0xff, succeeded: error.code === 0, exited: true };
    }
    if (error instanceof Interrupt) return { exitCode: INTERRUPTED, succeeded: false, exited: false };
    if (error instanceof LoopExit || error instanceof PipelineStop)
      return { exitCode: 0, succeeded: true, exited: false };
    const record = engine.recordOf(error, undefined);
    engine.log(record);
    engine.succeeded = false;
    await engine.host.error(record);
    return { exitCode: 1, succeeded: false, exited: false };
  }

  /** A run that Ctrl-C came in between is not waited for much longer, whatever it is doing. */
  private settled(running: Promise<RunResult>, signal: AbortSignal | undefined): Promise<RunResult> {
    if (signal === undefined) return running;
    return new Promise((resolve, reject) => {
      const give = () => resolve({ exitCode: INTERRUPTED, succeeded: false, exited: false });
      const onAbort = () => {
        setTimeout(() => (this.engine.clock.shielded ? setTimeout(give, FINALLY_GRACE_MS) : give()), GRACE_MS);
      };
      if (signal.aborted) onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      running.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    });
  }
}

/** `-Name`, `-Name:value` or a value, as the system's command line gives them. */
function fromCommandLine(text: string): Argument[] {
  const match = /^-([A-Za-z_]\w*)(?::(.*))?$/s.exec(text);
  if (match?.[1] === undefined) return [{ name: undefined, value: text, given: true, text: undefined }];
  if (match[2] === undefined) return [{ name: match[1], value: null, given: false, text: undefined }];
  const literal = /^\$(true|false)$/i.exec(match[2])?.[1];
  const value = literal === undefined ? match[2] : literal.toLowerCase() === "true";
  return [{ name: match[1], value, given: true, text: undefined }];
}
