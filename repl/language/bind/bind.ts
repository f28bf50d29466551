import { ScriptError } from "../errors/script-error.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";
import type { Common } from "./common.ts";
import { findParameter, isCommon } from "./named.ts";
import { type Argument, membership, type Parameter, type Plan } from "./parameter.ts";
import {
  boundTwice,
  emptyValue,
  missingArgument,
  notConverted,
  surplusArgument,
  unknownParameter,
} from "./problems.ts";
import { fittingSets } from "./sets.ts";

/** What a command line's arguments came to. */
export interface Binding {
  readonly plan: Plan;
  /** Values of the parameters that were given. */
  readonly values: Map<Parameter, unknown>;
  readonly common: Common;
  /** What no parameter took: `$args`. */
  readonly rest: Value[];
  /** Parameter sets that are still possible; empty when the command has none. */
  sets: readonly string[];
}

/** Binds the arguments of a command line; what the pipeline brings is bound object by object. */
export function bindArguments(plan: Plan, args: readonly Argument[]): Binding {
  const binding: Binding = { plan, values: new Map(), common: {}, rest: [], sets: plan.sets };
  const positional = bindNamed(binding, args);
  binding.sets = fittingSets(plan, binding.values.keys());
  bindPositional(binding, positional);
  binding.sets = fittingSets(plan, binding.values.keys());
  return binding;
}

function bindNamed(binding: Binding, args: readonly Argument[]): Argument[] {
  const positional: Argument[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === undefined) continue;
    if (argument.name === undefined) {
      positional.push(argument);
      continue;
    }
    const parameter = findParameter(binding.plan, argument.name);
    if (parameter === undefined) {
      unknown(binding, argument, positional);
      continue;
    }
    let value: Argument = argument;
    if (!argument.given) {
      const next = args[index + 1];
      if (parameter.isSwitch) value = { ...argument, value: true };
      else if (next && next.name === undefined) {
        value = next;
        index += 1;
      } else throw isCommon(parameter) ? unknownParameter(`${argument.name}:`) : missingArgument(parameter);
    }
    if (isCommon(parameter)) parameter.set(binding.common, value.value);
    else bindTo(binding, parameter, value);
  }
  return positional;
}

function unknown(binding: Binding, argument: Argument, positional: Argument[]): void {
  if (binding.plan.strict) throw unknownParameter(argument.name ?? "");
  positional.push({
    name: undefined,
    value: `-${argument.name}${argument.given ? ":" : ""}`,
    given: true,
    text: undefined,
  });
  if (argument.given) positional.push({ ...argument, name: undefined });
}

function bindTo(binding: Binding, parameter: Parameter, argument: Argument): void {
  if (binding.values.has(parameter)) throw boundTwice(parameter);
  binding.values.set(parameter, converted(binding.plan, parameter, argument.value, argument.text));
}

/** An argument as its parameter's type; mandatory ones refuse nothing and emptiness. */
export function converted(plan: Plan, parameter: Parameter, value: Value, text: string | undefined): unknown {
  if (!parameter.allowsNull && value === null) throw emptyValue(parameter, "null");
  if (!parameter.allowsEmpty) {
    if (value === "" && /String(\[\])?$/i.test(parameter.typeName)) throw emptyValue(parameter, "an empty string");
    if (itemsOf(value)?.length === 0 && !(value instanceof Hashtable)) throw emptyValue(parameter, "an empty array");
  }
  try {
    return parameter.convert(value, text);
  } catch (error) {
    if (error instanceof ScriptError && !error.record.message.startsWith("Cannot validate"))
      throw notConverted(plan, parameter, error);
    throw error;
  }
}

/** Positional values go to the parameters with places, in the default set first. */
function bindPositional(binding: Binding, args: readonly Argument[]): void {
  const { plan } = binding;
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === undefined) continue;
    const open = openPositions(binding);
    const remaining = plan.parameters.find(
      (parameter) => parameter.remaining && !binding.values.has(parameter) && isPossible(binding, parameter),
    );
    const [first] = open;
    if (first !== undefined && first !== remaining) {
      bindFirst(binding, open, argument);
      binding.sets = fittingSets(plan, binding.values.keys());
    } else if (remaining) {
      const values = args.slice(index).map((each) => each.value);
      const [only = null] = values;
      bindTo(binding, remaining, {
        name: undefined,
        value: values.length === 1 && itemsOf(only) ? only : values,
        given: true,
        text: values.length === 1 ? argument.text : undefined,
      });
      return;
    } else if (plan.strict) throw surplusArgument(argument.value);
    else binding.rest.push(argument.value);
  }
}

/** True of parameters that belong to a set that is still possible. */
function isPossible({ sets }: Binding, parameter: Parameter): boolean {
  return sets.length === 0 || sets.some((set) => membership(parameter, set) !== undefined);
}

/** The unbound parameters at the first free place: one of each possible set, the default set's first. */
function openPositions(binding: Binding): Parameter[] {
  const { plan, sets, values } = binding;
  if (sets.length === 0) {
    const next = placed(plan, "").find((parameter) => !values.has(parameter));
    return next ? [next] : [];
  }
  const order = plan.defaultSet !== undefined && sets.includes(plan.defaultSet) ? [plan.defaultSet, ...sets] : sets;
  const found = new Set<Parameter>();
  for (const set of order) {
    const next = placed(plan, set).find((parameter) => !values.has(parameter));
    if (next) found.add(next);
  }
  return [...found];
}

const places = new WeakMap<Plan, Map<string, readonly Parameter[]>>();

/** The parameters of a set that have places, in their order. */
function placed(plan: Plan, set: string): readonly Parameter[] {
  const known = places.get(plan) ?? new Map<string, readonly Parameter[]>();
  places.set(plan, known);
  const found = known.get(set);
  if (found) return found;
  const place = (parameter: Parameter) => membership(parameter, set)?.position ?? 0;
  const ordered = plan.parameters
    .filter((parameter) => membership(parameter, set)?.position !== undefined)
    .sort((left, right) => place(left) - place(right));
  known.set(set, ordered);
  return ordered;
}

/** Takes the first parameter whose type the value has, else the first it can be converted to. */
function bindFirst(binding: Binding, open: readonly Parameter[], argument: Argument): void {
  const fitting = open.find((parameter) => parameter.fits(argument.value));
  let failure: unknown;
  for (const parameter of fitting ? [fitting] : open) {
    try {
      bindTo(binding, parameter, argument);
      return;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}
