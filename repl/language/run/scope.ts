import type { List } from "../values/list.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import type { ScriptFunction } from "./functions.ts";

/** One variable of a scope. */
export class Variable {
  readonly name: string;
  value: Value;
  /** Converts and checks what is assigned: the variable has a type or validation attributes. */
  convert: ((value: Value) => Value) | undefined;
  /** `Set-Variable -Option ReadOnly`, `Constant`. */
  readOnly = false;

  constructor(name: string, value: Value) {
    this.name = name;
    this.value = value;
  }
}

/**
 * Counts changes that a place far from them may see: variables made in a scope that is not the innermost one, and
 * variables removed. Whoever keeps a variable it has found compares this count and the scope's own.
 */
export const changes = { count: 0 };

/** Knows the values of automatic variables, by their names in lower case. */
export interface Automatic {
  automatic(name: string): Value | undefined;
}

export type ScopeKind = "global" | "script" | "local";

/** Variables of a call, chained to those of its caller. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly kind: ScopeKind;
  /** Grows when a variable is made or removed here. */
  version = 0;
  /** Functions defined in this very scope, by name in lower case. */
  functions: Map<string, ScriptFunction> | undefined;
  /** Lists that the call's `-ErrorVariable` and `-WarningVariable` fill, whatever becomes of the errors. */
  collects: { readonly errors: List | undefined; readonly warnings: List | undefined } | undefined;
  /** Set on the scope of a module: its functions see its variables rather than their caller's. */
  isModule = false;
  /** What `Export-ModuleMember` named, with wildcards. */
  exported: string[] | undefined;
  /** Facts about the call (`$args`, `$MyInvocation`, ...), found by the innermost scope that has them. */
  automatic: Automatic | undefined;
  private readonly variables = new Map<string, Variable>();

  constructor(parent: Scope | undefined, kind: ScopeKind = "local") {
    this.parent = parent;
    this.kind = kind;
  }

  /** Variable of this very scope; the name is in lower case. */
  own(key: string): Variable | undefined {
    return this.variables.get(key);
  }

  /** Variable of this scope or the nearest one around it. */
  find(key: string): Variable | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const variable = scope.variables.get(key);
      if (variable) return variable;
    }
    return undefined;
  }

  automaticValue(key: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const value = scope.automatic?.automatic(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Makes a variable here, or gives the one there is. */
  declare(key: string, name: string): Variable {
    const existing = this.variables.get(key);
    if (existing) return existing;
    const variable = new Variable(name, null);
    this.variables.set(key, variable);
    this.version += 1;
    return variable;
  }

  set(name: string, value: Value): void {
    this.declare(name.toLowerCase(), name).value = value;
  }

  get(name: string): Value | undefined {
    const value = this.find(name.toLowerCase())?.value;
    return value === NOTHING ? null : value;
  }

  remove(key: string): boolean {
    if (!this.variables.delete(key)) return false;
    this.version += 1;
    changes.count += 1;
    return true;
  }

  all(): Iterable<Variable> {
    return this.variables.values();
  }

  /** The nearest scope of a kind: `$script:`, `$global:`. */
  nearest(kind: ScopeKind): Scope {
    let scope: Scope = this;
    while (scope.kind !== kind && scope.parent) scope = scope.parent;
    return scope;
  }

  /** The module's scope this one belongs to; undefined outside modules. */
  moduleScope(): Scope | undefined {
    let scope: Scope | undefined = this;
    while (scope && !scope.isModule) scope = scope.parent;
    return scope;
  }

  /** So many scopes further out, as `-Scope 1` counts them. */
  outer(levels: number): Scope {
    let scope: Scope = this;
    for (let level = 0; level < levels && scope.parent; level += 1) scope = scope.parent;
    return scope;
  }
}
