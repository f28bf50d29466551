import type { DateTime } from "../values/date-time.ts";
import type { Decimal } from "../values/decimal.ts";
import type { Hashtable } from "../values/hashtable.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Credential, SecureString } from "../values/secure-string.ts";
import type { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import type { Version } from "../values/version.ts";

/** What a command gets for each type a parameter may have; `[]` of one is an array. */
export interface ParameterTypes {
  /** Anything, as it is. */
  readonly object: Value;
  readonly string: string;
  readonly int: number;
  readonly long: bigint;
  /** A JavaScript number, unboxed. */
  readonly double: number;
  readonly decimal: Decimal;
  readonly bool: boolean;
  /** `-Name`, `-Name:$false`; false when it is not given. */
  readonly switch: boolean;
  readonly char: string;
  readonly datetime: DateTime;
  readonly timespan: TimeSpan;
  readonly scriptblock: ScriptBlock;
  readonly hashtable: Hashtable;
  readonly securestring: SecureString;
  readonly credential: Credential;
  readonly version: Version;
}

export type ParameterType = keyof ParameterTypes | `${Exclude<keyof ParameterTypes, "switch">}[]`;

export type ParameterValue<T extends ParameterType> = T extends `${infer E extends keyof ParameterTypes}[]`
  ? readonly ParameterTypes[E][]
  : T extends keyof ParameterTypes
    ? ParameterTypes[T]
    : never;

/** How a command declares one parameter. */
export interface ParameterSpec {
  readonly type: ParameterType;
  readonly help: string;
  /** Place among the positional arguments, from 0. */
  readonly position?: number;
  readonly mandatory?: boolean;
  /** Takes the pipeline's objects: whole (`value`), their property of the same name (`property`), or either. */
  readonly pipeline?: "value" | "property" | "both";
  readonly aliases?: readonly string[];
  /** The only values allowed (in any case; the command gets them as written here). */
  readonly values?: readonly string[];
  /** Inclusive bounds of a number. */
  readonly range?: readonly [number, number];
  /** Parameter sets it belongs to; without it, all. */
  readonly sets?: readonly string[];
  readonly default?: Value;
  /** Takes all positional arguments that are left. */
  readonly remaining?: true;
  /** Type names an object must have one of to be bound (`string` for text); without it, anything convertible. */
  readonly accepts?: readonly string[];
  /** Accepts `$null`, `""` or an empty array though it is mandatory. */
  readonly allowEmpty?: true;
  /** Takes wildcards: for the help. */
  readonly wildcard?: boolean;
  /** What completion offers: the name of a kind of object (`VirtualMachine`, `File`, ...). */
  readonly complete?: string;
  /** Not shown by completion and help: an old spelling that still works. */
  readonly hidden?: boolean;
}

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/** True of parameters whose value is always there. */
type Given<S extends ParameterSpec> = S extends { readonly type: "switch" }
  ? true
  : S extends { readonly default: Exclude<Value, null> }
    ? true
    : S extends { readonly sets: readonly string[] }
      ? false
      : S extends { readonly mandatory: true }
        ? true
        : false;

/** The arguments of a command, by parameter: `undefined` when not given (and without default). */
export type Arguments<P extends ParameterSpecs> = {
  readonly [name in keyof P]: Given<P[name]> extends true
    ? ParameterValue<P[name]["type"]>
    : ParameterValue<P[name]["type"]> | undefined;
};
