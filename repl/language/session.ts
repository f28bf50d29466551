import type { Command } from "./command/declaration.ts";
import type { Host } from "./command/host.ts";
import type { CommandEntry, CommandRegistry } from "./command/registry.ts";
import type { ErrorRecord } from "./errors/error-record.ts";
import type { Maybe } from "./maybe.ts";
import type { ImportedModule } from "./run/modules.ts";
import type { Caller } from "./types/definition.ts";
import type { ScriptBlock } from "./values/script-block.ts";
import type { Value } from "./values/value.ts";

/** Something a session carries for its commands (connections, settings), made when it is first asked for. */
export interface Service<T> {
  readonly name: string;
  create(session: Session): T;
}

export interface VariableOptions {
  /** A kind of scope, or how many scopes further out than the caller's. */
  readonly scope?: "global" | "script" | "local" | number;
  readonly readOnly?: boolean;
}

export interface VariableInfo {
  readonly name: string;
  readonly value: Value;
  readonly readOnly: boolean;
}

/** A function of the session or its running script. */
export interface FunctionInfo {
  readonly name: string;
  /** The text between its braces. */
  readonly definition: string;
  /** Comment-based help, as it was written. */
  readonly help: string | undefined;
  readonly file: string | undefined;
  readonly parameters: readonly {
    readonly name: string;
    readonly typeName: string;
    readonly aliases: readonly string[];
    readonly isSwitch: boolean;
    readonly mandatory: boolean;
    readonly position: number | undefined;
    readonly pipeline: boolean;
  }[];
}

/** What a name on a command line stands for. */
export type CommandInfo =
  | { readonly kind: "alias"; readonly name: string; readonly definition: string }
  | { readonly kind: "function"; readonly name: string; readonly info: FunctionInfo }
  | { readonly kind: "command"; readonly name: string; readonly entry: CommandEntry; load(): Maybe<Command> }
  | { readonly kind: "script"; readonly name: string; readonly path: string };

/**
 * One shell session as commands see it.
 *
 * ```ts
 * export const connections: Service<Connections> = { name: "connections", create: () => new Connections() };
 * ctx.session.service(connections).add(...)
 * ```
 */
export interface Session {
  readonly host: Host;
  readonly commands: CommandRegistry;
  /** `$Error`, newest first. */
  readonly errors: ErrorRecord[];
  /** Directory that relative paths start from; changed by `Set-Location`. */
  location: string;
  /** What `$env:` reads and writes. */
  readonly environment: Record<string, string | undefined>;
  service<T>(key: Service<T>): T;
  /** Value of a variable seen from where the command was called (`global:x`, `script:x` too). */
  getVariable(name: string, options?: VariableOptions): Value | undefined;
  setVariable(name: string, value: Value, options?: VariableOptions): void;
  removeVariable(name: string, options?: VariableOptions): boolean;
  variables(options?: VariableOptions): VariableInfo[];
  /** Aliases the session has besides those of the commands, by name in lower case. */
  readonly aliases: Map<string, { readonly name: string; readonly definition: string }>;
  functions(): FunctionInfo[];
  removeFunction(name: string): boolean;
  findCommand(name: string): CommandInfo | undefined;
  /** What methods of values need of whoever calls them. */
  readonly caller: Caller;
  /** Runs text in the caller's scope and collects what it puts out: `Invoke-Expression`, completion. */
  evaluate(text: string): Maybe<readonly Value[]>;
  /** Runs a script file in a scope of its own. */
  runScript(file: string, args?: readonly Value[]): Maybe<readonly Value[]>;
  /** Loads a script module; the session gets the functions it exports. */
  importModule(path: string, args?: readonly Value[]): Maybe<ImportedModule>;
  /** In a module: which functions it exports, with wildcards; false outside modules. */
  exportMembers(patterns: readonly string[]): boolean;
  /** Calls a script block (or a command by name) with positional arguments; `item` becomes `$_`. */
  invoke(block: ScriptBlock | string, args?: readonly Value[], item?: Value): Maybe<readonly Value[]>;
}
