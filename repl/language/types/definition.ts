import type { Maybe } from "../maybe.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";

/** Lets a method run a script block that was given to it. */
export interface Caller {
  invoke(block: ScriptBlock, args: readonly Value[], item?: Value): Maybe<Value>;
  /** Directory relative paths start from. */
  readonly location: string;
  /** What `$env:` and `[Environment]` see. */
  readonly environment: Record<string, string | undefined>;
  setExitCode(code: number): void;
  /** Reads text as a script block, where scripts can be run; throws when it is not valid. */
  scriptBlock?(text: string): ScriptBlock;
}

export type StaticMethod = (args: readonly Value[], caller: Caller) => Maybe<Value>;

/** One .NET type as far as scripts use it. */
export interface TypeDefinition {
  /** e.g. `System.Int32` */
  readonly fullName: string;
  /** The short name that stands for it: `int`. */
  readonly accelerator?: string;
  /** Other names it is known by, in lower case. */
  readonly names?: readonly string[];
  /** True of values of this type (`-is`). */
  is(value: Value): boolean;
  /** The value as this type; undefined when it cannot be converted (the caller says so). May throw a reason. */
  convert?(value: Value): Value | undefined;
  readonly properties?: Readonly<Record<string, (caller: Caller) => Value>>;
  readonly methods?: Readonly<Record<string, StaticMethod>>;
  /** `New-Object T args`, `[T]::new(args)` */
  construct?(args: readonly Value[], caller: Caller): Maybe<Value>;
  /** Assigns to a static property. */
  assign?(name: string, value: Value): void;
  /** Values of an enumeration. */
  readonly values?: readonly string[];
}
