import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import type { Value } from "../values/value.ts";

/** What a parameter is within one parameter set. */
export interface SetMembership {
  readonly position: number | undefined;
  readonly mandatory: boolean;
  readonly byValue: boolean;
  readonly byProperty: boolean;
}

/** Stands for every set, of parameters that name none. */
export const ALL_SETS = "";

/** One parameter as the binder sees it, of a declared command or a script's function alike. */
export interface Parameter {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly isSwitch: boolean;
  /** For messages, e.g. `System.String`. */
  readonly typeName: string;
  /** Converts an argument; `text` is how a number was written. Throws when it cannot. */
  convert(value: Value, text: string | undefined): unknown;
  /** True when a value is of the parameter's type without conversion. */
  fits(value: Value): boolean;
  /** Throws when a converted value is not allowed. Works on what the script passed. */
  check(value: unknown, frame: Frame): Maybe<void>;
  readonly checks: boolean;
  readonly sets: ReadonlyMap<string, SetMembership>;
  readonly remaining: boolean;
  /** Value when nothing is bound: evaluated in the function's scope. */
  readonly initial: ((frame: Frame) => Maybe<unknown>) | undefined;
  readonly allowsEmpty: boolean;
  readonly allowsNull: boolean;
}

/** The parameters of a command. */
export interface Plan {
  readonly parameters: readonly Parameter[];
  /** By name and alias in lower case. */
  readonly byName: ReadonlyMap<string, Parameter>;
  /** Names of the sets; empty when the command has none. */
  readonly sets: readonly string[];
  readonly defaultSet: string | undefined;
  /** Unknown names and surplus values are errors; otherwise they go to `$args`. */
  readonly strict: boolean;
  /** Has the common parameters. */
  readonly common: boolean;
  /** Has `-WhatIf` and `-Confirm`. */
  readonly shouldProcess: boolean;
  /** "transform" for script functions, "bind" for commands: how PowerShell words a failed conversion. */
  readonly wording: "transform" | "bind";
}

/** One argument as it stands on the command line. */
export interface Argument {
  /** `-Name`; undefined for a positional value. */
  readonly name: string | undefined;
  readonly value: Value;
  /** False for `-Name` without `:value`. */
  readonly given: boolean;
  /** How a number was written. */
  readonly text: string | undefined;
}

export function membership(parameter: Parameter, set: string): SetMembership | undefined {
  return parameter.sets.get(set) ?? parameter.sets.get(ALL_SETS);
}
