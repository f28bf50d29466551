import type { Command } from "../command/declaration.ts";
import type { ParameterSpec } from "../command/parameter.ts";
import { toText } from "../convert/to-text.ts";
import { sameText } from "../operators/strings.ts";
import { converterFor, fitsSpec, typeNameFor } from "./converters.ts";
import { ALL_SETS, type Parameter, type Plan, type SetMembership } from "./parameter.ts";
import { notValid } from "./problems.ts";

const plans = new WeakMap<Command, Plan>();

/** The plan of a declared command; made once. */
export function planOfCommand(command: Command): Plan {
  const known = plans.get(command);
  if (known) return known;
  const parameters = Object.entries(command.parameters).map(([name, spec]) => parameterOf(name, spec));
  const plan: Plan = {
    parameters,
    byName: indexByName(parameters),
    sets: [...new Set(parameters.flatMap((parameter) => [...parameter.sets.keys()]))].filter((set) => set !== ALL_SETS),
    defaultSet: command.defaultSet,
    strict: true,
    common: true,
    shouldProcess: command.supportsShouldProcess !== undefined,
    wording: "bind",
  };
  plans.set(command, plan);
  return plan;
}

export function indexByName(parameters: readonly Parameter[]): Map<string, Parameter> {
  const byName = new Map<string, Parameter>();
  for (const parameter of parameters) {
    for (const alias of parameter.aliases) byName.set(alias.toLowerCase(), parameter);
  }
  for (const parameter of parameters) byName.set(parameter.name.toLowerCase(), parameter);
  return byName;
}

function parameterOf(name: string, spec: ParameterSpec): Parameter {
  const convert = converterFor(spec);
  const member: SetMembership = {
    position: spec.position,
    mandatory: spec.mandatory ?? false,
    byValue: spec.pipeline === "value" || spec.pipeline === "both",
    byProperty: spec.pipeline === "property" || spec.pipeline === "both",
  };
  return {
    name,
    aliases: spec.aliases ?? [],
    isSwitch: spec.type === "switch",
    typeName: typeNameFor(spec.type),
    convert: (value, text) => withValues(name, spec, convert(value, text)),
    fits: fitsSpec(spec),
    check: () => undefined,
    checks: false,
    sets: new Map((spec.sets ?? [ALL_SETS]).map((set) => [set, member])),
    remaining: spec.remaining ?? false,
    initial: initialOf(spec, convert),
    allowsEmpty: spec.allowEmpty ?? !spec.mandatory,
    allowsNull: spec.allowEmpty ?? !spec.mandatory,
  };
}

function initialOf(spec: ParameterSpec, convert: Parameter["convert"]): (() => unknown) | undefined {
  const { default: value } = spec;
  if (value !== undefined) return () => convert(value, undefined);
  return spec.type === "switch" ? () => false : undefined;
}

/** Applies the list of allowed values and the range; the command gets values as the list writes them. */
function withValues(name: string, spec: ParameterSpec, value: unknown): unknown {
  if (spec.values === undefined && spec.range === undefined) return value;
  return Array.isArray(value) ? value.map((item: unknown) => one(name, spec, item)) : one(name, spec, value);
}

function one(name: string, spec: ParameterSpec, value: unknown): unknown {
  if (spec.values !== undefined && typeof value === "string") {
    const known = spec.values.find((candidate) => sameText(candidate, value));
    if (known !== undefined) return known;
    throw notValid(
      name,
      `The argument "${value}" does not belong to the set "${spec.values.join(",")}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`,
    );
  }
  if (spec.range !== undefined && (typeof value === "number" || typeof value === "bigint")) {
    const [least, most] = spec.range;
    if (value < least)
      throw notValid(
        name,
        `The ${toText(value)} argument is less than the minimum allowed range of ${least}. Supply an argument that is greater than or equal to ${least} and then try the command again.`,
      );
    if (value > most)
      throw notValid(
        name,
        `The ${toText(value)} argument is greater than the maximum allowed range of ${most}. Supply an argument that is less than or equal to ${most} and then try the command again.`,
      );
  }
  return value;
}
