import type { Maybe } from "../maybe.ts";
import type { CommandContext } from "./context.ts";
import type { Arguments, ParameterSpecs } from "./parameter.ts";

/** One example of a command: shown in its help and run by the tests. */
export interface Example {
  readonly code: string;
  readonly note: string;
  /** What it prints, to the character; without it, only that it succeeds is checked. */
  readonly output?: string;
}

/** `low`, `medium`, `high`: what `ConfirmImpact` a command has; from `high` on it asks by default. */
export type ConfirmImpact = "low" | "medium" | "high";

export interface Declaration<P extends ParameterSpecs, S> {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  readonly parameters: P;
  /** The set to take when the arguments fit several. */
  readonly defaultSet?: string;
  /** Type of what it puts out, for completion. */
  readonly outputs?: string;
  /** Adds `-WhatIf` and `-Confirm`. */
  readonly supportsShouldProcess?: ConfirmImpact;
  readonly examples?: readonly Example[];
  /** Made anew for each invocation, kept from begin to end. */
  readonly state?: () => S;
  begin?(ctx: CommandContext<S>, args: Arguments<P>): Maybe<void>;
  /** Once for each object of the pipeline, with `args` bound for it, or once when nothing is piped in. */
  process?(ctx: CommandContext<S>, args: Arguments<P>): Maybe<void>;
  end?(ctx: CommandContext<S>, args: Arguments<P>): Maybe<void>;
  /** Always called at the end, also after an error or Ctrl-C. */
  clean?(ctx: CommandContext<S>): Maybe<void>;
}

/** Argument values by parameter name, as the binder hands them over. */
export type BoundArguments = Record<string, unknown>;

/** A command as the evaluator sees it. */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly description: string | undefined;
  readonly parameters: ParameterSpecs;
  readonly defaultSet: string | undefined;
  readonly outputs: string | undefined;
  readonly supportsShouldProcess: ConfirmImpact | undefined;
  readonly examples: readonly Example[];
  readonly state: () => unknown;
  readonly begin: ((ctx: CommandContext<unknown>, args: BoundArguments) => Maybe<void>) | undefined;
  readonly process: ((ctx: CommandContext<unknown>, args: BoundArguments) => Maybe<void>) | undefined;
  readonly end: ((ctx: CommandContext<unknown>, args: BoundArguments) => Maybe<void>) | undefined;
  readonly clean: ((ctx: CommandContext<unknown>) => Maybe<void>) | undefined;
}
