import { ACTIONS, COMMON_PARAMETERS } from "../language/bind/common.ts";
import type { Command, ParameterSpec } from "../language/command.ts";
import type { FunctionInfo } from "../language/index.ts";
import { startsWith } from "./common.ts";
import type { Trail } from "./trail.ts";

/** A parameter as completion sees it: those every command has are described no further. */
export interface NamedSpec {
  readonly name: string;
  readonly spec: ParameterSpec;
}

/** The parameters that the language itself sees to. */
const shared: readonly (NamedSpec & { readonly shouldProcess: boolean })[] = COMMON_PARAMETERS.map(
  ({ name, alias, isSwitch, shouldProcess }) => {
    const values = name.endsWith("Action") ? { values: ACTIONS } : {};
    const spec: ParameterSpec = { type: isSwitch ? "switch" : "string", aliases: [alias], help: "", ...values };
    return { name, spec, shouldProcess };
  },
);

/** What completion needs to know of a command or a function. */
export type Parameters = Pick<Command, "parameters" | "supportsShouldProcess">;

/** The parameters of a function that was written in the session. */
export function parametersOfFunction({ parameters }: FunctionInfo): Parameters {
  const specs = parameters.map(({ name, aliases, isSwitch, position }): [string, ParameterSpec] => [
    name,
    { type: isSwitch ? "switch" : "object", aliases, help: name, ...(position === undefined ? {} : { position }) },
  ]);
  return { parameters: Object.fromEntries(specs), supportsShouldProcess: undefined };
}

/** All parameters of a command, its own first. */
export function parametersOf({ parameters, supportsShouldProcess }: Parameters): readonly NamedSpec[] {
  const own = Object.entries(parameters).map(([name, spec]) => ({ name, spec }));
  return [...own, ...shared.filter((one) => supportsShouldProcess !== undefined || !one.shouldProcess)];
}

/** Whether every command has it. */
export const isCommon = ({ spec }: NamedSpec): boolean => spec.help === "";

/** The parameter that a name on the command line means: the name itself, an alias, or the only one it begins. */
export function parameterNamed(command: Parameters, name: string): NamedSpec | undefined {
  const wanted = name.toLowerCase();
  const all = parametersOf(command);
  const exact = all.find((one) => one.name.toLowerCase() === wanted || hasAlias(one, wanted));
  const begun = all.filter((one) => startsWith(one.name, name));
  return exact ?? (begun.length === 1 ? begun[0] : undefined);
}

const hasAlias = ({ spec }: NamedSpec, wanted: string): boolean =>
  spec.aliases?.some((alias) => alias.toLowerCase() === wanted) ?? false;

/** The parameter that the word at the cursor is a value of. */
export function parameterFor(command: Parameters, { items, listed }: Trail): NamedSpec | undefined {
  const named = new Set<string>();
  const values: (NamedSpec | undefined)[] = [];
  let pending: NamedSpec | undefined;
  for (const item of items) {
    if (item === "value") {
      values.push(pending);
      pending = undefined;
      continue;
    }
    const spec = parameterNamed(command, item.parameter);
    if (spec !== undefined) named.add(spec.name);
    pending = spec?.spec.type === "switch" ? undefined : spec;
  }
  const before = listed ? values.slice(0, -1) : values;
  const mine = listed ? values.at(-1) : pending;
  if (mine !== undefined) return mine;
  const positional = before.filter((value) => value === undefined).length;
  const open = parametersOf(command)
    .filter(({ name, spec }) => spec.position !== undefined && !named.has(name))
    .sort((a, b) => (a.spec.position ?? 0) - (b.spec.position ?? 0));
  return open[positional] ?? parametersOf(command).find(({ spec }) => spec.remaining === true);
}
