import { ALL_SETS, membership, type Parameter, type Plan } from "./parameter.ts";
import { ambiguousSet } from "./problems.ts";

const anyMandatory = new WeakMap<Plan, boolean>();

/** False of plans that never ask for anything, as most functions' do. */
export function hasMandatory(plan: Plan): boolean {
  let known = anyMandatory.get(plan);
  if (known === undefined) {
    known = plan.parameters.some((parameter) => [...parameter.sets.values()].some((member) => member.mandatory));
    anyMandatory.set(plan, known);
  }
  return known;
}

/** The parameter sets all of these parameters belong to. Throws when there is none. */
export function fittingSets(plan: Plan, bound: Iterable<Parameter>): readonly string[] {
  if (plan.sets.length === 0) return [];
  let sets = plan.sets;
  for (const parameter of bound) {
    if (!parameter.sets.has(ALL_SETS)) sets = sets.filter((set) => parameter.sets.has(set));
  }
  if (sets.length === 0) throw ambiguousSet();
  return sets;
}

/** Mandatory parameters of a set that nothing was given for; those the pipeline may bring do not count. */
export function missingIn(
  plan: Plan,
  set: string,
  bound: ReadonlyMap<Parameter, unknown>,
  hasInput: boolean,
): Parameter[] {
  return plan.parameters.filter((parameter) => {
    const member = membership(parameter, set);
    if (!member?.mandatory || bound.has(parameter)) return false;
    return !(hasInput && (member.byValue || member.byProperty));
  });
}

/** The set to go on with: one whose mandatory parameters are all there, the default one before others. */
export function chooseSet(
  plan: Plan,
  sets: readonly string[],
  bound: ReadonlyMap<Parameter, unknown>,
  hasInput: boolean,
): string {
  if (sets.length <= 1) return sets[0] ?? ALL_SETS;
  const complete = sets.filter((set) => missingIn(plan, set, bound, hasInput).length === 0);
  if (
    plan.defaultSet !== undefined &&
    (complete.includes(plan.defaultSet) || (complete.length === 0 && sets.includes(plan.defaultSet)))
  ) {
    return plan.defaultSet;
  }
  if (complete.length === 1) return complete[0] ?? ALL_SETS;
  if (complete.length === 0) return sets[0] ?? ALL_SETS;
  // Of several that fit, the one that asks for most was meant.
  const weight = (set: string) => plan.parameters.filter((parameter) => membership(parameter, set)?.mandatory).length;
  return [...complete].sort((left, right) => weight(right) - weight(left))[0] ?? ALL_SETS;
}
