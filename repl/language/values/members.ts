import type { Maybe } from "../maybe.ts";
import type { Value } from "./value.ts";

/** What `Get-Member` calls the kind of a member. */
export type MemberKind =
  | "Property"
  | "NoteProperty"
  | "ScriptProperty"
  | "AliasProperty"
  | "ParameterizedProperty"
  | "Method"
  | "ScriptMethod";

/**
 * One member of an object. A property has `get` (and `set` when it can be assigned), a method has `invoke`.
 * `get` and `invoke` may return a promise; the script waits for it.
 */
export interface MemberValue {
  readonly name: string;
  readonly kind: MemberKind;
  /** Type name shown by `Get-Member`, e.g. `System.String`. */
  readonly type?: string;
  get?(): Maybe<Value>;
  set?(value: Value): Maybe<void>;
  invoke?(args: readonly Value[]): Maybe<Value>;
}

/** An object with members of its own. Names are looked up in any case. */
export interface Members {
  /** Most derived first, e.g. `["VirtualMachine", "ManagedEntity"]`. */
  readonly typeNames: readonly string[];
  member(name: string): MemberValue | undefined;
  /** Names of the properties and methods, in the order they are shown. */
  memberNames(): readonly string[];
  /** Assigns to a property; without it, `member(name).set` is used. */
  set?(name: string, value: Value): Maybe<void>;
  /** Calls a method; without it, `member(name).invoke` is used. */
  invoke?(name: string, args: readonly Value[]): Maybe<Value>;
  /** The object as text: what `"$object"` gives. Without it, the first type name. */
  asText?(): string;
  /** What a pipeline sees when the object stands in it; without it, the object itself. */
  enumerate?(): Iterable<Value>;
  /** `$object -eq other`; without it, only the same object is equal. */
  equals?(other: Value): boolean;
  /** Order for `-lt`, `-gt` and sorting. */
  compare?(other: Value): number;
  /** `$object[index]`. */
  index?(key: Value): Maybe<Value>;
  setIndex?(key: Value, value: Value): Maybe<void>;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && "typeNames" in value && "member" in value;
}
