import type { BlockRunner, CommandContext } from "../command/context.ts";
import type { HostText, ProgressRecord, PromptRequest } from "../command/host.ts";
import type { ErrorOptions } from "../errors/error-record.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { toErrorRecord } from "../errors/from-unknown.ts";
import type { Position } from "../errors/position.ts";
import type { Maybe } from "../maybe.ts";
import type { Session } from "../session.ts";
import { itemsOf } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import type { CommandCall } from "./command-stage.ts";
import { emitAll } from "./emit.ts";
import type { Frame } from "./frame.ts";
import { FrameSession } from "./frame-session.ts";
import { askShouldProcess } from "./should-process.ts";
import { PipelineStop } from "./signals.ts";
import type { Sink } from "./sink.ts";

/** What a running command has to hand. */
export class Context implements CommandContext<unknown> {
  readonly state: unknown;
  readonly session: Session;
  readonly name: string;
  readonly position: Position | undefined;
  readonly parameterSet: string;
  readonly hasInput: boolean;
  /** Parameters that the pipeline's current object was bound to. */
  readonly receivedNames = new Set<string>();
  received: string | undefined;
  private readonly call: CommandCall;
  private readonly stage: object;
  private readonly out: Sink;
  private readonly frame: Frame;

  constructor(call: CommandCall, stage: object, out: Sink, parameterSet: string) {
    this.call = call;
    this.stage = stage;
    this.out = out;
    this.frame = call.caller.with({ streams: call.streams });
    this.state = call.command.state();
    this.session = new FrameSession(call.caller.engine, this.frame);
    this.name = call.name;
    this.position = call.position;
    this.parameterSet = parameterSet;
    this.hasInput = call.hasInput;
  }

  get signal(): AbortSignal {
    return this.frame.engine.signal;
  }

  isBound(parameter: string): boolean {
    if (parameter === this.received || this.receivedNames.has(parameter)) return true;
    for (const each of this.call.binding.values.keys()) if (each.name === parameter) return true;
    return false;
  }

  write(value: Value): Maybe<void> {
    if (typeof value !== "object" || value === null) return this.out.write(value);
    if (value === NOTHING) return undefined;
    const items = itemsOf(value);
    return items ? emitAll(items, this.out) : this.out.write(value);
  }

  writeWhole(value: Value): Maybe<void> {
    return this.out.write(value);
  }

  error(problem: ErrorRecord | Error | string, options: ErrorOptions = {}): Maybe<void> {
    const record =
      typeof problem === "string"
        ? ErrorRecord.of(problem, options)
        : problem instanceof ErrorRecord
          ? problem
          : toErrorRecord(problem);
    record.command ??= this.call.command.name;
    return this.frame.engine.report(record, this.frame, this.position, this.call.binding.common);
  }

  warn(text: string): Maybe<void> {
    return this.frame.engine.say("warning", text, this.frame, this.call.binding.common);
  }

  verbose(text: string): Maybe<void> {
    return this.frame.engine.say("verbose", text, this.frame, this.call.binding.common);
  }

  debug(text: string): Maybe<void> {
    return this.frame.engine.say("debug", text, this.frame, this.call.binding.common);
  }

  information(value: Value): Maybe<void> {
    return this.frame.streams.information(value);
  }

  host(text: string, options: Partial<HostText> = {}): Maybe<void> {
    return this.frame.streams.text(text, { newline: true, ...options });
  }

  progress(record: ProgressRecord): Maybe<void> {
    return this.frame.engine.progress(record, this.frame, this.call.binding.common);
  }

  shouldProcess(target: string, action = this.call.command.name): Maybe<boolean> {
    const { whatIf, confirm } = this.call.binding.common;
    const impact = this.call.command.supportsShouldProcess;
    return askShouldProcess(this.frame, this.name, target, action, { whatIf, confirm, ...(impact ? { impact } : {}) });
  }

  prompt(request: PromptRequest): Promise<string> {
    return this.frame.engine.ask(request);
  }

  block(block: ScriptBlock, options: { readonly newScope?: boolean } = {}): BlockRunner {
    return this.frame.engine.runner(block, this.frame.with({ out: this.out }), options);
  }

  stop(): never {
    throw new PipelineStop(this.stage);
  }

  breathe(): Promise<void> | undefined {
    return this.frame.engine.clock.tick(8);
  }
}
