import type { Binding } from "../bind/bind.ts";
import { InputBinder } from "../bind/input.ts";
import type { Parameter } from "../bind/parameter.ts";
import { inputNotBound } from "../bind/problems.ts";
import { chooseSet } from "../bind/sets.ts";
import type { BlockCode } from "../compile/block.ts";
import type { Position } from "../errors/position.ts";
import { ScriptError } from "../errors/script-error.ts";
import { after, eachInTurn, type Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";
import { checkDepth, hops } from "./depth.ts";
import { Frame } from "./frame.ts";
import { Invocation } from "./invocation.ts";
import { type Automatic, Scope, type ScopeKind } from "./scope.ts";
import { type Completion, LoopExit, RETURN, ScriptExit } from "./signals.ts";
import type { Sink } from "./sink.ts";
import { Stage } from "./stage.ts";
import type { Streams } from "./streams.ts";

export interface FunctionCall {
  readonly code: BlockCode;
  readonly name: string;
  readonly caller: Frame;
  readonly binding: Binding;
  readonly streams: Streams;
  readonly collects?: Scope["collects"];
  readonly position: Position | undefined;
  readonly hasInput: boolean;
  /** Variables go to a scope of its own, below this one (the caller's unless it is a module's). */
  readonly scope: { readonly parent: Scope; readonly kind: ScopeKind } | undefined;
  readonly file: string | undefined;
  /** It is what the shell itself was told to run. */
  readonly isRoot?: boolean;
}

/** A script's function, script block or file as a stage of a pipeline. */
export class FunctionStage extends Stage implements Automatic {
  private readonly call: FunctionCall;
  private readonly frame: Frame;
  private readonly input: Value[] = [];
  private binding: InputBinder | undefined;
  private invocation: Invocation | undefined;
  private exited = false;

  constructor(call: FunctionCall, next: Sink) {
    super(next, call.caller.engine.clock);
    this.call = call;
    const { caller, scope } = call;
    const depth = caller.depth + 1;
    const own = scope ? new Scope(scope.parent, scope.kind) : caller.scope;
    if (scope) own.collects = call.collects;
    this.frame = new Frame(caller.engine, own, call.streams, next, caller.item, caller.caught, depth);
  }

  /** `$args`, `$MyInvocation` and the like: made when somebody asks. */
  automatic(name: string): Value | undefined {
    if (this.invocation === undefined) {
      const { binding, hasInput } = this.call;
      const set = chooseSet(binding.plan, binding.sets, binding.values, hasInput);
      this.invocation = new Invocation(this.call, this.frame, this.input, set);
    }
    return this.invocation.automatic(name);
  }

  private get binder(): InputBinder {
    const { plan, sets, values } = this.call.binding;
    this.binding ??= new InputBinder(plan, sets, values);
    return this.binding;
  }

  begin(): Maybe<void> {
    const { depth } = this.frame;
    checkDepth(depth);
    const busy = this.clock.tick(16);
    if (hops(depth) || busy) return (busy ?? Promise.resolve()).then(() => this.start());
    return this.start();
  }

  runAlone(): Maybe<void> {
    const { process } = this.call.code.parts();
    return process && this.run(process);
  }

  protected accept(value: Value): Maybe<void> {
    const { process } = this.call.code.parts();
    if (process === undefined && this.binder.takesNothing) {
      this.input.push(value);
      return undefined;
    }
    this.frame.item = value;
    return after(this.binder.bind(value), (found) => {
      if (found === undefined && !this.binder.takesNothing) {
        return this.frame.engine.report(inputNotBound(value).record, this.frame, this.call.position);
      }
      return after(
        eachInTurn(found ?? [], ([parameter, held]) => this.assign(parameter, held)),
        () => {
          if (process) return this.run(process);
          this.input.push(value);
          return undefined;
        },
      );
    });
  }

  protected finish(): Maybe<void> {
    const { end } = this.call.code.parts();
    return end && this.run(end);
  }

  protected release(): Maybe<void> {
    const { clean } = this.call.code.parts();
    return clean && this.run(clean);
  }

  private start(): Maybe<void> {
    const { code, scope, binding } = this.call;
    if (scope) {
      this.frame.scope.automatic = this;
      if (binding.plan.common) this.applyCommon();
    }
    const { begin } = code.parts();
    const { parameters } = binding.plan;
    const bound = parameters.length === 0 ? undefined : eachInTurn(parameters, (parameter) => this.bind(parameter));
    if (bound === undefined && begin === undefined) return undefined;
    return after(bound, () => begin && this.run(begin));
  }

  /** Given values first, then defaults, which may refer to the parameters before them. */
  private bind(parameter: Parameter): Maybe<void> {
    const { values } = this.call.binding;
    if (values.has(parameter)) return this.assign(parameter, values.get(parameter));
    return after(parameter.initial?.(this.frame), (value) => {
      const variable = this.frame.scope.declare(parameter.name.toLowerCase(), parameter.name);
      variable.value = asValue(value);
      variable.convert = this.converter(parameter);
    });
  }

  private assign(parameter: Parameter, held: unknown): Maybe<void> {
    const variable = this.frame.scope.declare(parameter.name.toLowerCase(), parameter.name);
    variable.value = asValue(held);
    variable.convert = this.converter(parameter);
    return parameter.checks ? parameter.check(held, this.frame) : undefined;
  }

  private converter(parameter: Parameter): ((value: Value) => Value) | undefined {
    if (parameter.typeName === "System.Object") return undefined;
    return (value) => asValue(parameter.convert(value, undefined));
  }

  /** `-ErrorAction` and its like hold for everything the function does. */
  private applyCommon(): void {
    const { common } = this.call.binding;
    const { scope } = this.frame;
    if (common.errorAction) scope.set("ErrorActionPreference", common.errorAction);
    if (common.warningAction) scope.set("WarningPreference", common.warningAction);
    if (common.informationAction) scope.set("InformationPreference", common.informationAction);
    if (common.progressAction) scope.set("ProgressPreference", common.progressAction);
    if (common.verbose !== undefined) scope.set("VerbosePreference", common.verbose ? "Continue" : "SilentlyContinue");
    if (common.debug !== undefined) scope.set("DebugPreference", common.debug ? "Continue" : "SilentlyContinue");
    if (common.whatIf !== undefined) scope.set("WhatIfPreference", common.whatIf);
    if (common.confirm !== undefined) scope.set("ConfirmPreference", common.confirm ? "Low" : "None");
  }

  private run(part: (frame: Frame) => Maybe<Completion>): Maybe<void> {
    if (this.exited) return undefined;
    let ended: Maybe<Completion>;
    try {
      ended = part(this.frame);
    } catch (error) {
      return this.left(error);
    }
    if (!(ended instanceof Promise)) {
      this.ended(ended);
      return undefined;
    }
    return ended.then(
      (there) => this.ended(there),
      (error: unknown) => this.left(error),
    );
  }

  private ended(jump: Completion): void {
    if (jump && jump !== RETURN) throw new LoopExit(jump);
  }

  /** `exit` in a script that was called ends that script only, and `$LASTEXITCODE` has its code. */
  private left(error: unknown): void {
    if (error instanceof ScriptError && error.reach === "command") throw new ScriptError(error.record);
    if (!(error instanceof ScriptExit) || this.call.file === undefined || this.call.isRoot) throw error;
    const { engine } = this.frame;
    this.exited = true;
    engine.global.set("LASTEXITCODE", error.code);
    if (error.code !== 0) engine.failures += 1;
  }
}

function asValue(value: unknown): Value {
  return value === undefined || typeof value === "symbol" || typeof value === "function" ? null : value;
}
