import type { Action, Common } from "../bind/common.ts";
import type { Argument } from "../bind/parameter.ts";
import type { Command } from "../command/declaration.ts";
import type { Host, ProgressRecord, PromptRequest } from "../command/host.ts";
import type { CommandEntry, CommandRegistry } from "../command/registry.ts";
import { prepareCall } from "../compile/command.ts";
import { toText } from "../convert/to-text.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import type { Position } from "../errors/position.ts";
import { after, type Maybe } from "../maybe.ts";
import type { FunctionInfo, Service } from "../session.ts";
import type { Caller } from "../types/definition.ts";
import { List } from "../values/list.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import { Asking } from "./asking.ts";
import { FrameCaller } from "./caller.ts";
import { Clock } from "./clock.ts";
import { Drives } from "./drives.ts";
import { type FileSink, openTextFile } from "./file-sink.ts";
import { Frame } from "./frame.ts";
import { FrameSession } from "./frame-session.ts";
import { functionInfo, type ScriptFunction } from "./functions.ts";
import { declareGlobals, dynamicGlobal } from "./globals.ts";
import { runStages } from "./pipeline.ts";
import { logError, recordOf, recover, report, say } from "./reporting.ts";
import { Runner } from "./runner.ts";
import { Scope } from "./scope.ts";
import { type Completion, Interrupt } from "./signals.ts";
import { Collector, nullSink } from "./sink.ts";
import { hostStreams } from "./streams.ts";

/** The signal of what cannot be interrupted. */
const NEVER = new AbortController().signal;

export interface EngineOptions {
  readonly host: Host;
  readonly commands: CommandRegistry;
  readonly environment: Record<string, string | undefined>;
  readonly location: string;
  readonly openFile?: ((path: string, append: boolean) => FileSink) | undefined;
}

/** The state of one session that running code works on. */
export class Engine {
  readonly host: Host;
  readonly commands: CommandRegistry;
  readonly environment: Record<string, string | undefined>;
  readonly clock = new Clock();
  readonly global = new Scope(undefined, "global");
  readonly drives = new Drives();
  readonly errorList = new List();
  readonly aliases = new Map<string, { readonly name: string; readonly definition: string }>();
  readonly root: Frame;
  location: string;
  /** `$?` */
  succeeded = true;
  /** Counts errors, so that a pipeline can tell whether there were any in it. */
  failures = 0;
  private running: AbortSignal = NEVER;
  private readonly asking: Asking;
  private readonly services = new Map<Service<unknown>, unknown>();
  private readonly options: EngineOptions;

  constructor(options: EngineOptions) {
    this.options = options;
    this.host = options.host;
    this.commands = options.commands;
    this.environment = options.environment;
    this.location = options.location;
    this.asking = new Asking(options.host);
    this.root = new Frame(this, this.global, hostStreams(options.host), nullSink, null, 0, 0);
    declareGlobals(this);
  }

  get errors(): ErrorRecord[] {
    // Only records are ever put there: by `logError`.
    return this.errorList.items as ErrorRecord[];
  }

  /** `$LASTEXITCODE` as a number. */
  get exitCode(): number {
    const code = this.global.get("LASTEXITCODE");
    return typeof code === "number" ? code : 0;
  }

  service<T>(key: Service<T>): T {
    if (!this.services.has(key)) this.services.set(key, key.create(new FrameSession(this, this.root)));
    // The map holds for each key what that key's `create` gave.
    return this.services.get(key) as T;
  }

  /** Listens to a run's Ctrl-C; returns what puts things back. */
  listen(signal: AbortSignal | undefined): () => void {
    const restore = this.clock.listen(signal);
    const before = this.running;
    this.running = signal ?? NEVER;
    this.asking.reset();
    return () => {
      this.running = before;
      restore();
    };
  }

  /** Ctrl-C, for commands; a `finally` block that runs after it is not interrupted again. */
  get signal(): AbortSignal {
    return this.clock.shielded ? NEVER : this.running;
  }

  /**
   * Waits for something that may not listen to Ctrl-C. When that has come in between, the script does not go on:
   * the shell has long been at its prompt again.
   */
  async unlessInterrupted<T>(pending: Promise<T>): Promise<T> {
    const { signal } = this;
    const value = await pending;
    if (signal.aborted) throw new Interrupt();
    return value;
  }

  load(entry: CommandEntry): Maybe<Command> {
    return entry.load();
  }

  automatic(key: string, frame: Frame): Value {
    return frame.scope.automaticValue(key) ?? dynamicGlobal(key, this) ?? null;
  }

  separator(frame: Frame): string {
    const separator = frame.scope.get("OFS");
    return separator === undefined || separator === null ? " " : toText(separator);
  }

  caller(frame: Frame): Caller {
    return new FrameCaller(this, frame);
  }

  runner(block: ScriptBlock, frame: Frame, options: { readonly newScope?: boolean } = {}): Runner {
    return new Runner(block, frame, options);
  }

  /** Calls a script block with arguments in a scope of its own. */
  callBlock(block: ScriptBlock, args: readonly Value[], frame: Frame, item: Value): Maybe<Value[]> {
    return this.call(block, args, frame.with({ item }));
  }

  callCommand(name: string, args: readonly Value[], frame: Frame): Maybe<Value[]> {
    return this.call(name, args, frame);
  }

  private call(target: Value, args: readonly Value[], frame: Frame): Maybe<Value[]> {
    const collector = new Collector();
    const given = args.map((value): Argument => ({ name: undefined, value, given: true, text: undefined }));
    return after(prepareCall(target, given, frame), (make) =>
      after(runStages([make(collector)], undefined), () => collector.items),
    );
  }

  defineFunction(definition: ScriptFunction, scope: Scope): void {
    scope.functions ??= new Map();
    scope.functions.set(definition.name.toLowerCase(), definition);
  }

  findFunction(name: string, from: Scope): ScriptFunction | undefined {
    const key = name.toLowerCase();
    for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
      const found = scope.functions?.get(key);
      if (found) return found;
    }
    return undefined;
  }

  removeFunction(name: string, from: Scope): boolean {
    const key = name.toLowerCase();
    for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
      if (scope.functions?.delete(key)) return true;
    }
    return false;
  }

  allFunctions(from: Scope): FunctionInfo[] {
    const found = new Map<string, ScriptFunction>();
    for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
      for (const [key, definition] of scope.functions ?? []) if (!found.has(key)) found.set(key, definition);
    }
    return [...found.values()].map(functionInfo);
  }

  openFile(path: string, append: boolean, frame: Frame): FileSink {
    return this.options.openFile?.(path, append) ?? openTextFile(path, this.location, append, this.separator(frame));
  }

  ask(request: PromptRequest): Promise<string> {
    return this.asking.ask(request, this.signal);
  }

  confirm(title: string, message: string): Maybe<boolean> {
    return this.asking.confirm(title, message, this.signal);
  }

  log(record: ErrorRecord): void {
    logError(this, record);
  }

  recordOf(error: unknown, at: Position | undefined): ErrorRecord {
    return recordOf(error, at);
  }

  recover(error: unknown, frame: Frame, at: Position): Maybe<Completion> {
    return recover(this, error, frame, at);
  }

  report(record: ErrorRecord, frame: Frame, at: Position | undefined, common?: Common): Maybe<void> {
    return report(this, record, frame, at, common);
  }

  say(kind: "warning" | "verbose" | "debug", text: string, frame: Frame, common?: Common): Maybe<void> {
    return say(kind, text, frame, common);
  }

  progress(record: ProgressRecord, frame: Frame, common?: Common): Maybe<void> {
    const action: Action | string =
      common?.progressAction ?? toText(frame.scope.get("ProgressPreference") ?? "Continue");
    return /^(silentlycontinue|ignore)$/i.test(action) ? undefined : frame.streams.progress(record);
  }
}
