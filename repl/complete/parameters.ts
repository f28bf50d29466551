import type { Command, ParameterSpec } from "../language/command.ts";
import { startsWith } from "./common.ts";
import type { Trail } from "./trail.ts";

/** A parameter as completion sees it: those every command has are described no further. */
export interface NamedSpec {
  readonly name: string;
  readonly spec: ParameterSpec;
}

const actions = ["Continue", "Ignore", "Inquire", "SilentlyContinue", "Stop"];

const common: Readonly<Record<string, ParameterSpec>> = {
  ErrorAction: { type: "string", values: actions, aliases: ["ea"], help: "" },
  ErrorVariable: { type: "string", aliases: ["ev"], help: "" },
  WarningAction: { type: "string", values: actions, aliases: ["wa"], help: "" },
  WarningVariable: { type: "string", aliases: ["wv"], help: "" },
  InformationAction: { type: "string", values: actions, aliases: ["infa"], help: "" },
  OutVariable: { type: "string", aliases: ["ov"], help: "" },
  PipelineVariable: { type: "string", aliases: ["pv"], help: "" },
  Verbose: { type: "switch", aliases: ["vb"], help: "" },
  Debug: { type: "switch", aliases: ["db"], help: "" },
};

const should: Readonly<Record<string, ParameterSpec>> = {
  WhatIf: { type: "switch", aliases: ["wi"], help: "" },
  Confirm: { type: "switch", aliases: ["cf"], help: "" },
};

/** All parameters of a command, its own first. */
export function parametersOf(command: Command): readonly NamedSpec[] {
  const changes = command.supportsShouldProcess === undefined ? {} : should;
  return Object.entries({ ...common, ...changes, ...command.parameters })
    .map(([name, spec]) => ({ name, spec }))
    .sort((a, b) => Number(isCommon(a)) - Number(isCommon(b)));
}

export const isCommon = ({ spec }: NamedSpec): boolean => spec.help === "";

/** The parameter that a name on the command line means: the name itself, an alias, or the only one it begins. */
export function parameterNamed(command: Command, name: string): NamedSpec | undefined {
  const wanted = name.toLowerCase();
  const all = parametersOf(command);
  const exact = all.find((one) => one.name.toLowerCase() === wanted || hasAlias(one, wanted));
  const begun = all.filter((one) => startsWith(one.name, name));
  return exact ?? (begun.length === 1 ? begun[0] : undefined);
}

const hasAlias = ({ spec }: NamedSpec, wanted: string): boolean =>
  spec.aliases?.some((alias) => alias.toLowerCase() === wanted) ?? false;

/** The parameter that the word at the cursor is a value of. */
export function parameterFor(command: Command, { items, listed }: Trail): NamedSpec | undefined {
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
