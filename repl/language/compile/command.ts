import type { CommandNode } from "../ast/statements.ts";
import { type Binding, bindArguments } from "../bind/bind.ts";
import { planOfCommand } from "../bind/command-plan.ts";
import type { Argument, Plan } from "../bind/parameter.ts";
import type { Command } from "../command/declaration.ts";
import { toText } from "../convert/to-text.ts";
import { Position } from "../errors/position.ts";
import { ScriptError, scriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { CommandStage } from "../run/command-stage.ts";
import type { Frame } from "../run/frame.ts";
import { FunctionStage } from "../run/function-stage.ts";
import { askMandatory } from "../run/mandatory.ts";
import { withOutputs } from "../run/outputs.ts";
import { commandNotFound, type Resolved, resolveName } from "../run/resolve.ts";
import type { Scope } from "../run/scope.ts";
import { loadScript } from "../run/scripts.ts";
import type { Sink } from "../run/sink.ts";
import type { Stage } from "../run/stage.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import { compileArguments } from "./arguments.ts";
import { type BlockCode, boundBlock } from "./block.ts";
import { constant, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { compileRedirections } from "./redirections.ts";

export type MakeStage = (next: Sink) => Stage;
/** Evaluates a command's name and arguments and binds them; what is left is to connect it. */
export type PrepareStage = (frame: Frame, hasInput: boolean) => Maybe<MakeStage>;

export function compileCommand(node: CommandNode, unit: Unit): PrepareStage {
  const name = node.name.kind === "String" ? constant(node.name.value) : compileExpression(node.name, unit);
  const args = compileArguments(node.args, unit);
  const position = new Position(unit.source, node);
  const call: Call = { operator: node.operator, position };
  const prepare: PrepareStage = (frame, hasInput) => {
    const target = name.run(frame);
    const given = args(frame);
    if (target instanceof Promise || given instanceof Promise) {
      return after(target, (there) => after(given, (values) => bind(call, there, values, frame, hasInput)));
    }
    return bind(call, target, given, frame, hasInput);
  };
  if (node.redirections.length === 0) return prepare;
  return redirecting(prepare, compileRedirections(node.redirections, unit));
}

interface Call {
  readonly operator: CommandNode["operator"];
  readonly position: Position | undefined;
}

/** The streams of a redirected command are set up when it is connected; files are closed when it ends. */
function redirecting(prepare: PrepareStage, redirect: ReturnType<typeof compileRedirections>): PrepareStage {
  return (frame, hasInput) => {
    const holder: { next: Sink | undefined } = { next: undefined };
    const relay: Sink = { write: (value) => holder.next?.write(value) };
    return after(redirect(frame, relay), ({ out, streams, close }) =>
      after(prepare(frame.with({ streams }), hasInput), (make) => (next: Sink) => {
        holder.next = next;
        const stage = make(out);
        stage.onClean(close);
        return stage;
      }),
    );
  };
}

function bind(call: Call, target: Value, args: readonly Argument[], frame: Frame, hasInput: boolean): Maybe<MakeStage> {
  try {
    const made = bindNow(call, target, args, frame, hasInput);
    return made instanceof Promise ? made.catch((error: unknown) => placed(error, call.position)) : made;
  } catch (error) {
    return placed(error, call.position);
  }
}

/** Errors of name and arguments are those of the command's place. */
function placed(error: unknown, position: Position | undefined): never {
  if (error instanceof ScriptError) error.record.position ??= position;
  throw error;
}

function bindNow(
  call: Call,
  target: Value,
  args: readonly Argument[],
  frame: Frame,
  hasInput: boolean,
): Maybe<MakeStage> {
  const { engine, scope } = frame;
  if (target instanceof ScriptBlock) {
    const { block, home } = boundBlock(target);
    return functionMaker(
      call,
      { code: block, name: "", file: undefined },
      args,
      frame,
      hasInput,
      call.operator === "." ? undefined : { parent: home ?? scope, kind: "local" },
    );
  }
  const name = commandName(target, call.operator);
  const found = resolveName(name, engine, scope);
  if (found === undefined) throw commandNotFound(name, engine, scope);
  if (found.kind === "command") {
    const command = found.load();
    const make = (loaded: Command) => commandMaker(loaded, name, call, args, frame, hasInput);
    return command instanceof Promise ? command.then(make) : make(command);
  }
  return scriptMaker(found, call, name, args, frame, hasInput);
}

function commandName(target: Value, operator: Call["operator"]): string {
  const name = toText(target);
  if (target !== null && name !== "") return name;
  throw scriptError(
    `The expression after '${operator ?? "&"}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
    { category: "InvalidOperation", id: "BadExpression" },
  );
}

function scriptMaker(
  found: Exclude<Resolved, { readonly kind: "command" }>,
  call: Call,
  name: string,
  args: readonly Argument[],
  frame: Frame,
  hasInput: boolean,
): Maybe<MakeStage> {
  const dotted = call.operator === ".";
  if (found.kind === "script") {
    const code = loadScript(found.path);
    return functionMaker(
      call,
      { code, name, file: found.path },
      args,
      frame,
      hasInput,
      dotted ? undefined : { parent: frame.scope.nearest("global"), kind: "script" },
    );
  }
  const { code, home } = found.found;
  return functionMaker(
    call,
    { code, name: found.name, file: undefined },
    args,
    frame,
    hasInput,
    dotted ? undefined : { parent: home ?? frame.scope, kind: "local" },
  );
}

function functionMaker(
  call: Call,
  target: { readonly code: BlockCode; readonly name: string; readonly file: string | undefined },
  args: readonly Argument[],
  frame: Frame,
  hasInput: boolean,
  scope: { readonly parent: Scope; readonly kind: "local" | "script" } | undefined,
): Maybe<MakeStage> {
  const binding = bindNamed(target.name, target.code.plan, args);
  return after(askMandatory(binding, frame, hasInput, target.name), () => (next: Sink) => {
    const { out, collects } = withOutputs(next, binding.common, frame);
    return new FunctionStage(
      {
        // Spelt out: an object that is spread into another is many times slower, and every call makes one.
        code: target.code,
        name: target.name,
        file: target.file,
        caller: frame,
        binding,
        streams: frame.streams,
        collects,
        position: call.position,
        hasInput,
        scope,
        isRoot: false,
      },
      out,
    );
  });
}

function commandMaker(
  command: Command,
  name: string,
  call: Call,
  args: readonly Argument[],
  frame: Frame,
  hasInput: boolean,
): Maybe<MakeStage> {
  const binding = bindNamed(command.name, planOfCommand(command), args);
  return after(askMandatory(binding, frame, hasInput, command.name), () => (next: Sink) => {
    const { out } = withOutputs(next, binding.common, frame);
    return new CommandStage(
      { command, name, caller: frame, binding, streams: frame.streams, position: call.position, hasInput },
      out,
    );
  });
}

/** Errors of binding carry the command's name. */
function bindNamed(name: string, plan: Plan, args: readonly Argument[]): Binding {
  try {
    return bindArguments(plan, args);
  } catch (error) {
    if (error instanceof ScriptError && name !== "") error.record.command ??= name;
    throw error;
  }
}

/** Makes the stage of a command that is not written in a script: for `Session.invoke`. */
export function prepareCall(target: Value, args: readonly Argument[], frame: Frame): Maybe<MakeStage> {
  return bind({ operator: "&", position: undefined }, target, args, frame, false);
}
