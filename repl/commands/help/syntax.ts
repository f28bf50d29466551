import type { Topic, TopicParameter } from "./topic.ts";

/** One parameter with its name. */
export type NamedParameter = readonly [name: string, spec: TopicParameter];

/** The parameters that help shows. */
export function shownParameters(command: Topic): NamedParameter[] {
  return Object.entries(command.parameters).filter(([, spec]) => spec.hidden !== true);
}

/** Names of the parameter sets, the default one first; `[undefined]` when there are none. */
function setNames(command: Topic): readonly (string | undefined)[] {
  const names = new Set(Object.values(command.parameters).flatMap((spec) => spec.sets ?? []));
  if (names.size === 0) return [undefined];
  const { defaultSet } = command;
  return defaultSet !== undefined && names.has(defaultSet) ? [...new Set([defaultSet, ...names])] : [...names];
}

/**
 * How a command is called, one line for each parameter set.
 *
 * @example
 * syntaxLines(startSleep)[0]; // "Start-Sleep [-Seconds] <double> [<CommonParameters>]"
 */
export function syntaxLines(command: Topic): string[] {
  return syntaxParts(command).map((parts) => parts.join(" "));
}

/** The same, divided where a line may be broken. */
export function syntaxParts(command: Topic): string[][] {
  const confirm = command.supportsShouldProcess === undefined ? [] : ["[-WhatIf]", "[-Confirm]"];
  return setNames(command).map((set) => {
    const parameters = shownParameters(command)
      .filter(([, { sets }]) => set === undefined || sets === undefined || sets.includes(set))
      .sort(byPlace);
    return [command.name, ...parameters.map(parameterSyntax), ...confirm, "[<CommonParameters>]"];
  });
}

/** Positional ones by position, then mandatory ones, then the rest as declared. */
function byPlace([, left]: NamedParameter, [, right]: NamedParameter): number {
  const place = ({ position, mandatory }: TopicParameter) => position ?? (mandatory === true ? 1000 : 2000);
  return place(left) - place(right);
}

function parameterSyntax([name, spec]: NamedParameter): string {
  if (spec.type === "switch") return `[-${name}]`;
  const label = spec.position === undefined ? `-${name}` : `[-${name}]`;
  const whole = `${label} ${valueSyntax(spec)}`;
  return spec.mandatory === true ? whole : `[${whole}]`;
}

function valueSyntax({ type, values }: TopicParameter): string {
  return values === undefined ? `<${type}>` : `{${values.join(" | ")}}`;
}
