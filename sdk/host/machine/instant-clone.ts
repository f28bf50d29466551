import type { vim } from "../../vim/index.ts";
import { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { type Attempt, Findings, strictly, type TestType } from "./attempt.ts";
import type { Doer } from "./create.ts";
import { forkMachine } from "./fork.ts";
import { deepestChain, requireForkable, requireMovable } from "./fork-source.ts";
import { type ForkPlan, planFork } from "./fork-spec.ts";

type Spec = vim.VirtualMachineInstantCloneSpec;

/**
 * On the instant clock a task begins and ends in one transaction: what was found right at its beginning still is. Only the last is
 * remembered, and once: in a WeakMap of transactions the garbage collector would carry along what each of them knew of the inventory.
 */
let last:
  | { readonly view: View; readonly source: MachineRecord; readonly spec: Spec; readonly plan: ForkPlan }
  | undefined;

/** Throws the fault that vSphere declares unless a machine can be forked as a specification says. */
export function checkInstantClone(view: View, source: MachineRecord, spec: Spec): void {
  last = { view, source, spec, plan: examine(view, source, spec, strictly) };
}

function planOf(view: View, source: MachineRecord, spec: Spec): ForkPlan {
  const known = last;
  last = undefined;
  const same = known?.view === view && known.source === source && known.spec === spec;
  return same ? known.plan : examine(view, source, spec, strictly);
}

function examine(view: View, source: MachineRecord, spec: Spec, attempt: Attempt): ForkPlan {
  requireForkable(view, source, attempt);
  const plan = planFork(view, source, spec, attempt);
  const host = record(view, "HostSystem", source.host);
  requireMovable(view, host, { base: source.base, devices: plan.devices }, attempt);
  return plan;
}

/** `InstantClone_Task`: checks, and forks. */
export function instantClone(tx: Draft, by: Doer, source: MachineRecord, spec: Spec): MachineRecord {
  return forkMachine(tx, by, source, planOf(tx, source, spec));
}

/**
 * `CheckInstantClone_Task`: every fault that the operation could meet, in the order in which it would. What is only found by doing it
 * (room on the host and on datastores) is found by doing it, on a draft that is thrown away.
 */
export function findingsOf(view: View, source: MachineRecord, spec: Spec): Findings {
  const findings = new Findings();
  const plan = examine(view, source, spec, findings.attempt);
  if (source.power !== "poweredOn" || source.disks.some(({ layer }) => layer.depth >= deepestChain)) return findings;
  const trial = new Draft(view.state, view.pages, view.seed, view.now);
  try {
    forkMachine(trial, { user: "", chain: 0 }, source, { ...plan, name: freeName(view, plan) });
  } catch (error) {
    findings.note(testOf(error), error);
  } finally {
    trial.discard();
  }
  return findings;
}

/** The trial is about room, whatever the name. */
function freeName(view: View, { folder, name }: ForkPlan): string {
  const parent = view.object(folder);
  let free = name;
  if (parent?.kind === "Folder") while (parent.names.has(free)) free += "+";
  return free;
}

/** What a want of room is about. */
const testOf = (error: unknown): TestType =>
  error instanceof Error && error.name === "NoDiskSpace" ? "datastoreTests" : "hostTests";
