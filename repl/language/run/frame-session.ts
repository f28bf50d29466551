import type { Host } from "../command/host.ts";
import type { CommandEntry, CommandRegistry } from "../command/registry.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import type { Maybe } from "../maybe.ts";
import type { CommandInfo, FunctionInfo, Service, Session, VariableInfo, VariableOptions } from "../session.ts";
import type { Caller } from "../types/definition.ts";
import { NOTHING } from "../values/nothing.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import type { Engine } from "./engine.ts";
import type { Frame } from "./frame.ts";
import { type ImportedModule, importModule } from "./modules.ts";
import { resolveCommand, scriptPath } from "./resolve.ts";
import { changes, type Scope, type Variable } from "./scope.ts";
import { evaluateText, runFile } from "./scripts.ts";

/** The session as one command sees it: variables from the scope it was called in. */
export class FrameSession implements Session {
  private readonly engine: Engine;
  private readonly frame: Frame;

  constructor(engine: Engine, frame: Frame) {
    this.engine = engine;
    this.frame = frame;
  }

  get host(): Host {
    return this.engine.host;
  }

  get commands(): CommandRegistry {
    return this.engine.commands;
  }

  get errors(): ErrorRecord[] {
    return this.engine.errors;
  }

  get location(): string {
    return this.engine.location;
  }

  set location(path: string) {
    this.engine.location = path;
  }

  get environment(): Record<string, string | undefined> {
    return this.engine.environment;
  }

  service<T>(key: Service<T>): T {
    return this.engine.service(key);
  }

  getVariable(name: string, options: VariableOptions = {}): Value | undefined {
    const [scope, key] = this.place(name, options);
    const variable = options.scope === undefined && scope === this.frame.scope ? scope.find(key) : scope.own(key);
    if (variable) return variable.value === NOTHING ? null : variable.value;
    return scope.automaticValue(key);
  }

  setVariable(name: string, value: Value, options: VariableOptions = {}): void {
    const [scope, key] = this.place(name, options);
    const plain = name.slice(name.indexOf(":") + 1);
    if (!scope.own(key)) changes.count += 1;
    const variable = scope.declare(key, plain);
    variable.value = variable.convert ? variable.convert(value) : value;
    if (options.readOnly !== undefined) variable.readOnly = options.readOnly;
  }

  removeVariable(name: string, options: VariableOptions = {}): boolean {
    const [scope, key] = this.place(name, options);
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      if (at.own(key)) return at.remove(key);
      if (options.scope !== undefined) return false;
    }
    return false;
  }

  variables(options: VariableOptions = {}): VariableInfo[] {
    const [scope] = this.place("x", options);
    const found = new Map<string, Variable>();
    for (let at: Scope | undefined = scope; at; at = options.scope === undefined ? at.parent : undefined) {
      for (const variable of at.all()) {
        const key = variable.name.toLowerCase();
        if (!found.has(key)) found.set(key, variable);
      }
    }
    return [...found.values()].map(({ name, value, readOnly }) => ({
      name,
      value: value === NOTHING ? null : value,
      readOnly,
    }));
  }

  get aliases(): Map<string, { readonly name: string; readonly definition: string }> {
    return this.engine.aliases;
  }

  functions(): FunctionInfo[] {
    return this.engine.allFunctions(this.frame.scope);
  }

  removeFunction(name: string): boolean {
    return this.engine.removeFunction(name, this.frame.scope);
  }

  findCommand(name: string): CommandInfo | undefined {
    return resolveCommand(name, this.engine, this.frame.scope);
  }

  commandEntries(): Iterable<CommandEntry> {
    return this.engine.commands.entries();
  }

  get caller(): Caller {
    return this.engine.caller(this.frame);
  }

  evaluate(text: string): Maybe<readonly Value[]> {
    return evaluateText(text, this.frame);
  }

  runScript(file: string, args: readonly Value[] = []): Maybe<readonly Value[]> {
    return runFile(file, args, this.frame);
  }

  importModule(path: string, args: readonly Value[] = []): Maybe<ImportedModule> {
    return importModule(scriptPath(path, this.engine) ?? path, args, this.frame);
  }

  exportMembers(patterns: readonly string[]): boolean {
    const scope = this.frame.scope.moduleScope();
    if (scope) scope.exported = [...(scope.exported ?? []), ...patterns];
    return scope !== undefined;
  }

  invoke(block: ScriptBlock | string, args: readonly Value[] = [], item?: Value): Maybe<readonly Value[]> {
    if (block instanceof ScriptBlock) return this.engine.callBlock(block, args, this.frame, item ?? this.frame.item);
    return this.engine.callCommand(block, args, this.frame);
  }

  private place(name: string, options: VariableOptions): [Scope, string] {
    const colon = name.indexOf(":");
    const prefix = colon > 0 ? name.slice(0, colon).toLowerCase() : undefined;
    const key = name.slice(colon + 1).toLowerCase();
    const wanted = options.scope ?? prefix;
    const { scope } = this.frame;
    if (wanted === "global" || wanted === "script") return [scope.nearest(wanted), key];
    if (typeof wanted === "number") return [scope.outer(wanted), key];
    return [scope, key];
  }
}
