import type { Host } from "./command/host.ts";
import type { CommandRegistry } from "./command/registry.ts";
import type { ErrorRecord } from "./errors/error-record.ts";
import type { Maybe } from "./maybe.ts";
import type { Value } from "./values/value.ts";

/** Something a session carries for its commands (connections, settings), made when it is first asked for. */
export interface Service<T> {
  readonly name: string;
  create(session: Session): T;
}

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
  service<T>(key: Service<T>): T;
  /** Value of a variable seen from the innermost running scope (`global:x`, `script:x` and `env:x` too). */
  getVariable(name: string): Value | undefined;
  setVariable(name: string, value: Value, options?: { readonly scope?: "global" | "script" | "local" }): void;
  removeVariable(name: string): boolean;
  /** Runs text in the current scope and collects what it puts out: `Invoke-Expression`, completion. */
  evaluate(text: string): Maybe<readonly Value[]>;
}
