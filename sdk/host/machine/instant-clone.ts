import type { vim } from "../../vim/index.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import type { Doer } from "./create.ts";
import { forkMachine } from "./fork.ts";
import { requireForkable, requireMovable } from "./fork-source.ts";
import { type ForkPlan, planFork } from "./fork-spec.ts";

type Spec = vim.VirtualMachineInstantCloneSpec;

/** On the instant clock a task begins and ends in one transaction: what was found right at its beginning still is. */
const plans = new WeakMap<View, { readonly source: MachineRecord; readonly spec: Spec; readonly plan: ForkPlan }>();

/** Throws the fault that vSphere declares unless a machine can be forked as a specification says. */
export function checkInstantClone(view: View, source: MachineRecord, spec: Spec): ForkPlan {
  const known = plans.get(view);
  if (known?.source === source && known.spec === spec) return known.plan;
  requireForkable(view, source);
  const plan = planFork(view, source, spec);
  requireMovable(view, record(view, "HostSystem", source.host), { base: source.base, devices: plan.devices });
  plans.set(view, { source, spec, plan });
  return plan;
}

/** `InstantClone_Task`: checks, and forks. */
export function instantClone(tx: Draft, by: Doer, source: MachineRecord, spec: Spec): MachineRecord {
  return forkMachine(tx, by, source, checkInstantClone(tx, source, spec));
}
