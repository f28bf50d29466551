import { type Ref, vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { ClusterSettings } from "../state/cluster-settings.ts";
import type { ComputeRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { checkRule } from "./cluster-rules.ts";
import { editList } from "./edit-list.ts";

type Spec = vim.ClusterConfigSpec | vim.ClusterConfigSpecEx | vim.ComputeResourceConfigSpec;

/**
 * A cluster with its configuration changed; with `modify` what the spec does not say stays, else it gets its default again. DRS places
 * machines, and rules are kept and checked; HA is kept, and restarts nothing.
 */
export function configured<C extends ComputeRecord>(view: View, cluster: C, spec: Spec, modify: boolean): C {
  const before: ClusterSettings = modify ? (cluster.settings ?? {}) : {};
  const swap = "vmSwapPlacement" in spec && spec.vmSwapPlacement ? { swapPlacement: spec.vmSwapPlacement } : {};
  if (cluster.kind === "ComputeResource") return { ...cluster, settings: { ...before, ...swap } };
  const full: Full = isBare(spec) ? {} : spec;
  const { enabled: drsOn, ...drs } = full.drsConfig ?? {};
  const { enabled: haOn, ...das } = full.dasConfig ?? {};
  const groups = editList(before.groups ?? [], full.groupSpec, ({ name }) => name, "spec.groupSpec");
  for (const group of fresh(groups, before.groups)) checkGroup(view, cluster, group);
  let nextRule = before.nextRule ?? 1;
  const numbered = (old: vim.ClusterRuleInfo | undefined, wanted: vim.ClusterRuleInfo): vim.ClusterRuleInfo =>
    newRule(old, wanted, old?.key ?? nextRule++);
  const rules = editList(before.rules ?? [], full.rulesSpec, ({ key }) => key, "spec.rulesSpec", numbered);
  for (const rule of fresh(rules, before.rules)) checkRule(view, cluster, rule, rules, groups);
  const dasVm = editList(before.dasVm ?? [], full.dasVmConfigSpec, ({ key }) => key, "spec.dasVmConfigSpec", upsert);
  const drsVm = editList(before.drsVm ?? [], full.drsVmConfigSpec, ({ key }) => key, "spec.drsVmConfigSpec", upsert);
  for (const { key } of [...fresh(dasVm, before.dasVm), ...fresh(drsVm, before.drsVm)])
    machineIn(view, cluster, key, "spec");
  const vmReadiness = editList(
    before.vmReadiness ?? [],
    full.vmOrchestrationSpec,
    ({ vm }) => vm,
    "spec.vmOrchestrationSpec",
  );
  const settings: ClusterSettings = Object.freeze({
    ...before,
    ...swap,
    drs: { ...before.drs, ...drs },
    das: { ...before.das, ...das },
    ...(full.dpmConfig ? { dpm: full.dpmConfig } : {}),
    ...(full.orchestration ? { orchestration: full.orchestration } : {}),
    dasVm,
    drsVm,
    vmReadiness,
    groups,
    rules,
    nextRule,
  });
  return {
    ...cluster,
    drs: drsOn ?? (modify ? cluster.drs : false),
    ha: haOn ?? (modify ? cluster.ha : false),
    settings,
  };
}

/** What was not there before: only that is checked, for what older ones name may be gone by now. */
const fresh = <I>(now: readonly I[], before: readonly I[] = []): readonly I[] =>
  now.filter((item) => !before.includes(item));

/** A rule as it is kept: of one kind for ever. What an edit does not say stays. */
function newRule(old: vim.ClusterRuleInfo | undefined, wanted: vim.ClusterRuleInfo, key: number): vim.ClusterRuleInfo {
  const usual = { enabled: true, userCreated: true, mandatory: false };
  const merged: unknown = { ...usual, ...old, ...wanted, key, status: "green", inCompliance: true };
  if (vim.is(merged, "ClusterRuleInfo")) return Object.freeze(merged);
  throw invalidArgument("spec.rulesSpec", "That is no rule of a cluster.");
}

const upsert = <I>(old: I | undefined, wanted: I): I => ({ ...old, ...wanted });
type Full = Omit<Partial<vim.ClusterConfigSpecEx>, "_typeName">;
const isBare = (spec: Spec): spec is Extract<Spec, { _typeName?: "ComputeResourceConfigSpec" }> =>
  "_typeName" in spec && spec._typeName === "ComputeResourceConfigSpec";

function checkGroup(view: View, cluster: ComputeRecord, group: vim.ClusterGroupInfo): void {
  if (group.name.trim() === "") throw invalidArgument("spec.groupSpec", "A group needs a name.");
  const { vm = [], host = [] }: { vm?: readonly Ref<"VirtualMachine">[]; host?: readonly Ref<"HostSystem">[] } =
    "vm" in group || "host" in group ? group : {};
  for (const ref of vm) machineIn(view, cluster, ref, "spec.groupSpec");
  for (const ref of host)
    if (!cluster.hosts.has(resolveKind(view, "HostSystem", ref).id))
      throw invalidArgument("spec.groupSpec", `The host ${ref.value} is not in the cluster '${cluster.name}'.`);
}

/** Throws unless a machine is on a host of a cluster. */
function machineIn(view: View, cluster: ComputeRecord, ref: Ref<"VirtualMachine">, path: string): void {
  const machine = resolveKind(view, "VirtualMachine", ref);
  if (!cluster.hosts.has(machine.host))
    throw invalidArgument(path, `'${machine.name}' is not in the cluster '${cluster.name}'.`);
}
