import type { CommandContext } from "./command/context.ts";
import type { BoundArguments, Command, Declaration } from "./command/declaration.ts";
import type { Arguments, ParameterSpecs } from "./command/parameter.ts";

export type { BlockRunner, CommandContext } from "./command/context.ts";
export type { BoundArguments, Command, ConfirmImpact, Declaration, Example } from "./command/declaration.ts";
export { type Host, type HostText, type ProgressRecord, type PromptRequest, silentHost } from "./command/host.ts";
export type { Arguments, ParameterSpec, ParameterSpecs, ParameterType, ParameterValue } from "./command/parameter.ts";
export { type CommandEntry, type CommandRegistry, commandRegistry, entryOf } from "./command/registry.ts";

/**
 * Declares a command. Binding, completion, help and the test of its examples derive from the declaration.
 *
 * ```ts
 * export const getSquare = command({
 *   name: "Get-Square",
 *   summary: "Squares numbers.",
 *   parameters: {
 *     Number: { type: "int", position: 0, mandatory: true, pipeline: "value", help: "What to square." },
 *   },
 *   examples: [{ code: "1..3 | Get-Square", note: "Squares of a range.", output: "1\n4\n9\n" }],
 *   process(ctx, { Number: number }) {
 *     return ctx.write(number * number);
 *   },
 * });
 * ```
 */
export function command<const P extends ParameterSpecs, S = undefined>(declaration: Declaration<P, S>): Command {
  const { begin, process, end, clean, state } = declaration;
  // The binder fills exactly the parameters that are declared, and the state is what `state` made: this is the one
  // place where that promise is turned into types.
  const args = (bound: BoundArguments) => bound as Arguments<P>;
  const own = (ctx: CommandContext<unknown>) => ctx as CommandContext<S>;
  return {
    name: declaration.name,
    aliases: declaration.aliases ?? [],
    summary: declaration.summary,
    description: declaration.description,
    parameters: declaration.parameters,
    defaultSet: declaration.defaultSet,
    outputs: declaration.outputs,
    supportsShouldProcess: declaration.supportsShouldProcess,
    examples: declaration.examples ?? [],
    state: state ?? (() => undefined),
    begin: begin && ((ctx, bound) => begin.call(declaration, own(ctx), args(bound))),
    process: process && ((ctx, bound) => process.call(declaration, own(ctx), args(bound))),
    end: end && ((ctx, bound) => end.call(declaration, own(ctx), args(bound))),
    clean: clean && ((ctx) => clean.call(declaration, own(ctx))),
  };
}
