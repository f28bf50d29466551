import { COMMON_PARAMETERS } from "./common.ts";
import type { Parameter, Plan } from "./parameter.ts";
import { ambiguousParameter, unknownParameter } from "./problems.ts";

type CommonParameter = (typeof COMMON_PARAMETERS)[number];

/** The parameter a name stands for: its name, an alias, or the start of one that is like no other. */
export function findParameter(plan: Plan, name: string): Parameter | CommonParameter | undefined {
  const key = name.toLowerCase();
  const exact = plan.byName.get(key);
  if (exact) return exact;
  const common = plan.common ? COMMON_PARAMETERS.filter((each) => plan.shouldProcess || !each.shouldProcess) : [];
  const exactCommon = common.find((each) => each.name.toLowerCase() === key || each.alias === key);
  if (exactCommon) return exactCommon;
  const own = new Set<Parameter>();
  for (const [known, parameter] of plan.byName) if (known.startsWith(key)) own.add(parameter);
  if (own.size > 1) throw ambiguousParameter(name, preferred(own, key));
  const [only] = own;
  const commonMatches = common.filter((each) => each.name.toLowerCase().startsWith(key));
  if (only) return only;
  if (commonMatches.length > 1 && plan.strict) throw unknownParameter(name);
  return commonMatches[0];
}

function preferred(own: ReadonlySet<Parameter>, key: string): Parameter[] {
  const all = [...own];
  const byName = all.filter((parameter) => parameter.name.toLowerCase().startsWith(key));
  return byName.length > 0 ? byName : all;
}

export function isCommon(parameter: Parameter | CommonParameter): parameter is CommonParameter {
  return "set" in parameter;
}
