import type { Binding } from "../bind/bind.ts";
import { InputBinder } from "../bind/input.ts";
import type { Parameter } from "../bind/parameter.ts";
import { inputNotBound } from "../bind/problems.ts";
import { chooseSet } from "../bind/sets.ts";
import type { BoundArguments, Command } from "../command/declaration.ts";
import { toErrorRecord } from "../errors/from-unknown.ts";
import type { Position } from "../errors/position.ts";
import { ScriptError } from "../errors/script-error.ts";
import { after, eachInTurn, type Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";
import { Context } from "./context.ts";
import type { Frame } from "./frame.ts";
import { Interrupt, isFlow } from "./signals.ts";
import type { Sink } from "./sink.ts";
import { Stage } from "./stage.ts";
import type { Streams } from "./streams.ts";

export interface CommandCall {
  readonly command: Command;
  readonly name: string;
  readonly caller: Frame;
  readonly binding: Binding;
  readonly streams: Streams;
  readonly position: Position | undefined;
  readonly hasInput: boolean;
}

/** A declared command as a stage of a pipeline. */
export class CommandStage extends Stage {
  private readonly call: CommandCall;
  private readonly context: Context;
  private readonly args: BoundArguments = {};
  private readonly binder: InputBinder;

  constructor(call: CommandCall, next: Sink) {
    super(next, call.caller.engine.clock);
    this.call = call;
    const { binding, hasInput } = call;
    const set = chooseSet(binding.plan, binding.sets, binding.values, hasInput);
    this.binder = new InputBinder(binding.plan, binding.sets, binding.values);
    this.context = new Context(call, this, next, set);
    for (const parameter of binding.plan.parameters) this.args[parameter.name] = undefined;
    for (const [parameter, value] of binding.values) this.args[parameter.name] = value;
  }

  begin(): Maybe<void> {
    const { binding, command, caller } = this.call;
    const initial = binding.plan.parameters.filter((parameter) => parameter.initial && !binding.values.has(parameter));
    const defaults = eachInTurn(initial, (parameter) =>
      after(parameter.initial?.(caller), (value) => {
        this.args[parameter.name] = value;
      }),
    );
    return after(defaults, () => command.begin && this.guarded(() => command.begin?.(this.context, this.args)));
  }

  runAlone(): Maybe<void> {
    const { command } = this.call;
    return command.process && this.guarded(() => command.process?.(this.context, this.args));
  }

  protected accept(value: Value): Maybe<void> {
    const { direct } = this.binder;
    if (direct === undefined) return this.acceptBound(value);
    this.args[direct.name] = value;
    this.context.received = direct.name;
    return this.process();
  }

  protected finish(): Maybe<void> {
    const { command } = this.call;
    return command.end && this.guarded(() => command.end?.(this.context, this.args));
  }

  protected release(): Maybe<void> {
    return this.call.command.clean?.(this.context);
  }

  private process(): Maybe<void> {
    const { process } = this.call.command;
    if (process === undefined) return undefined;
    try {
      const pending = process(this.context, this.args);
      if (!(pending instanceof Promise)) return undefined;
      return this.call.caller.engine.unlessInterrupted(pending).catch((error: unknown) => this.failed(error));
    } catch (error) {
      return this.failed(error);
    }
  }

  /** Binds an object with all its rules; what was bound for the one before is taken back first. */
  private acceptBound(value: Value): Maybe<void> {
    const bind = () => {
      try {
        const found = this.binder.bind(value);
        return found instanceof Promise ? found.catch((error: unknown) => this.notBound(error)) : found;
      } catch (error) {
        return this.notBound(error);
      }
    };
    return after(bind(), (found) => {
      if (found === "reported") return undefined;
      if (found === undefined && !(this.binder.takesNothing && this.call.command.process === undefined)) {
        return this.context.error(inputNotBound(value).record);
      }
      this.take(found ?? new Map());
      return this.process();
    });
  }

  private notBound(error: unknown): Maybe<"reported"> {
    if (!(error instanceof ScriptError)) throw error;
    return after(this.context.error(error.record), () => "reported" as const);
  }

  private take(found: ReadonlyMap<Parameter, unknown>): void {
    for (const name of this.context.receivedNames) this.args[name] = undefined;
    this.context.receivedNames.clear();
    for (const [parameter, value] of found) {
      this.args[parameter.name] = value;
      this.context.receivedNames.add(parameter.name);
    }
  }

  /** Whether the stages after this one are through is asked by who wrote to it: `write`, `drain` and `end`. */
  private guarded(action: () => Maybe<void>): Maybe<void> {
    const { engine } = this.call.caller;
    try {
      const pending = action();
      return pending instanceof Promise
        ? engine.unlessInterrupted(pending).catch((error: unknown) => this.failed(error))
        : undefined;
    } catch (error) {
      return this.failed(error);
    }
  }

  /**
   * A script error ends the command; any other error is one of this object's (a fault, a system error), is reported,
   * and the command goes on with the next object.
   */
  private failed(error: unknown): Maybe<void> {
    if (isFlow(error)) throw error;
    if (error instanceof ScriptError) {
      // One that has a place already comes from a block this command ran, or from the stages after it.
      if (error.record.position === undefined) {
        error.record.position = this.call.position;
        error.record.command ??= this.call.command.name;
      }
      throw error;
    }
    if (this.call.caller.engine.signal.aborted) throw new Interrupt();
    return this.context.error(toErrorRecord(error));
  }
}
