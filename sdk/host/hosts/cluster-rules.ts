import { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { numberIn } from "../state/id.ts";
import type { ComputeRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";

/** Throws InvalidArgument where a rule names what is not in its cluster, or what no rule of its kind can hold. */
export function checkRule(
  view: View,
  cluster: ComputeRecord,
  rule: vim.ClusterRuleInfo,
  rules: readonly vim.ClusterRuleInfo[],
  groups: readonly vim.ClusterGroupInfo[],
): void {
  const refuse = (why: string) => invalidArgument("spec.rulesSpec", `The rule '${rule.name ?? ""}': ${why}`);
  if (!rule.name?.trim()) throw refuse("it needs a name.");
  if (rules.some((other) => other !== rule && other.name === rule.name)) throw refuse("there is another of that name.");
  if (vim.is(rule, "ClusterAffinityRuleSpec") || vim.is(rule, "ClusterAntiAffinityRuleSpec")) {
    if (new Set(rule.vm.map(({ value }) => value)).size < 2) throw refuse("it takes two machines or more.");
    for (const ref of rule.vm) {
      const { name, host } = resolveKind(view, "VirtualMachine", ref);
      if (!cluster.hosts.has(host)) throw refuse(`'${name}' is not in the cluster.`);
    }
  } else if (vim.is(rule, "ClusterVmHostRuleInfo")) {
    requireGroup(rule.vmGroupName, "ClusterVmGroup");
    const { affineHostGroupName: near, antiAffineHostGroupName: far } = rule;
    if ((near === undefined) === (far === undefined)) throw refuse("it takes one group of hosts, near or far.");
    requireGroup(near ?? far, "ClusterHostGroup");
  } else if (vim.is(rule, "ClusterDependencyRuleInfo")) {
    requireGroup(rule.vmGroup, "ClusterVmGroup");
    requireGroup(rule.dependsOnVmGroup, "ClusterVmGroup");
  } else {
    throw refuse("its kind is not known.");
  }

  function requireGroup(name: string | undefined, type: "ClusterVmGroup" | "ClusterHostGroup"): void {
    const found = groups.find((group) => group.name === name);
    if (!found || !vim.is(found, type)) throw refuse(`there is no ${type} '${name ?? ""}'.`);
  }
}

/** The rules that name a machine, itself or by a group that it is in. */
export function rulesFor({ settings }: ComputeRecord, machine: string): vim.ClusterRuleInfo[] {
  const groups = new Set(
    (settings?.groups ?? []).flatMap((group) =>
      vim.is(group, "ClusterVmGroup") && group.vm?.some(({ value }) => value === machine) ? [group.name] : [],
    ),
  );
  return (settings?.rules ?? []).filter((rule) => {
    if (vim.is(rule, "ClusterAffinityRuleSpec") || vim.is(rule, "ClusterAntiAffinityRuleSpec"))
      return rule.vm.some(({ value }) => value === machine);
    if (vim.is(rule, "ClusterVmHostRuleInfo")) return groups.has(rule.vmGroupName ?? "");
    return vim.is(rule, "ClusterDependencyRuleInfo") && (groups.has(rule.vmGroup) || groups.has(rule.dependsOnVmGroup));
  });
}

/** Whether the rules of a cluster let a machine be on a host, given where the others are. Only rules that are on count. */
export function allowedOn(view: View, cluster: ComputeRecord, machine: string, host: number): boolean {
  const hostOf = (ref: { readonly value: string }) => {
    const other = view.object(numberIn(ref.value));
    return other?.kind === "VirtualMachine" && other.power === "poweredOn" ? other.host : 0;
  };
  const inGroup = (name: string | undefined) =>
    (cluster.settings?.groups ?? []).some(
      (group) =>
        group.name === name &&
        vim.is(group, "ClusterHostGroup") &&
        group.host?.some((ref) => numberIn(ref.value) === host),
    );
  return rulesFor(cluster, machine).every((rule) => {
    if (rule.enabled === false) return true;
    if (vim.is(rule, "ClusterVmHostRuleInfo"))
      return rule.affineHostGroupName === undefined
        ? !inGroup(rule.antiAffineHostGroupName)
        : inGroup(rule.affineHostGroupName);
    if (vim.is(rule, "ClusterAffinityRuleSpec")) return others(rule.vm).every((at) => at === 0 || at === host);
    return !vim.is(rule, "ClusterAntiAffinityRuleSpec") || others(rule.vm).every((at) => at !== host);
  });

  function others(list: readonly { readonly value: string }[]): number[] {
    return list.filter(({ value }) => value !== machine).map(hostOf);
  }
}
