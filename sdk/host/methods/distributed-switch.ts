import type { Ref } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { fault } from "../faults.ts";
import { resolve } from "../inventory/lookup.ts";
import { portsWhere, portView } from "../network/port-view.ts";
import { createPortgroup } from "../network/portgroups.ts";
import { portgroupsOf } from "../network/switch-uuid.ts";
import { reconfigureSwitch } from "../network/switches.ts";
import { settingOfGroup } from "../properties/distributed-portgroup.ts";
import { frozen } from "../properties/frozen.ts";
import { idOf, refOf } from "../state/id.ts";
import type { PortgroupRecord, SwitchRecord } from "../state/switch-record.ts";
import { record, type View } from "../state/view.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

/** The switch of a call: there is one type of them. */
function switchIn(view: View, self: Ref): SwitchRecord {
  const found = resolve(view, self);
  return record(view, "VmwareDistributedVirtualSwitch", found.id);
}

/** The settings of port groups, each worked out once. */
function settings(view: View) {
  const known = new Map<number, ReturnType<typeof settingOfGroup>>();
  return (group: PortgroupRecord) => {
    const setting = known.get(group.id) ?? settingOfGroup(view, group);
    known.set(group.id, setting);
    return setting;
  };
}

const viewOf = ({ core }: Call<"DistributedVirtualSwitch">) => core.universe.view;

/** The VLANs that the port groups of a switch name one by one. */
function usedVlans(view: View, of: SwitchRecord): number[] {
  const found = new Set<number>();
  for (const group of portgroupsOf(view, of)) {
    const vlan = settingOfGroup(view, group).vlan;
    if (vlan && "vlanId" in vlan && typeof vlan.vlanId === "number" && vlan.vlanId > 0) found.add(vlan.vlanId);
  }
  return [...found].sort((a, b) => a - b);
}

export const distributedSwitch: Handlers<"DistributedVirtualSwitch"> = {
  CreateDVPortgroup_Task: operation("DistributedVirtualSwitch", "CreateDVPortgroup_Task", {
    phases: () => [{ name: "dvs.reconfigure", ms: lasting("dvs.reconfigure") }],
    finish: (tx, job) => refOf(createPortgroup(tx, job, switchIn(tx, job.self), job.args.spec, "spec")),
  }),

  AddDVPortgroup_Task: operation("DistributedVirtualSwitch", "AddDVPortgroup_Task", {
    phases: (_view, { args }) => [{ name: "dvs.reconfigure", ms: lasting("dvs.reconfigure", args.spec.length) }],
    finish(tx, job) {
      job.args.spec.forEach((spec, i) => {
        createPortgroup(tx, job, switchIn(tx, job.self), spec, `spec[${i}]`);
      });
    },
  }),

  ReconfigureDvs_Task: operation("DistributedVirtualSwitch", "ReconfigureDvs_Task", {
    lock: "queued",
    requires(_view, { id, args }) {
      const others = Object.keys(args.spec).some((field) => !["_typeName", "configVersion", "host"].includes(field));
      return [
        ...(args.spec.host ? [[id, "DVSwitch.HostOp"] as const] : []),
        ...(others || !args.spec.host ? [[id, "DVSwitch.Modify"] as const] : []),
      ];
    },
    phases: () => [{ name: "dvs.reconfigure", ms: lasting("dvs.reconfigure") }],
    finish(tx, job) {
      reconfigureSwitch(tx, job, switchIn(tx, job.self), job.args.spec);
    },
  }),

  FetchDVPortKeys(call, { criteria }) {
    const view = viewOf(call);
    return [...portsWhere(view, switchIn(view, call.self), criteria)].map(({ key }) => String(key));
  },
  FetchDVPorts(call, { criteria }) {
    const view = viewOf(call);
    const of = switchIn(view, call.self);
    const setting = settings(view);
    return frozen([...portsWhere(view, of, criteria)].map((port) => portView(view, of, port, setting)));
  },
  /** What a port shows is always what is: nothing can be out of date. */
  RefreshDVPortState() {},
  QueryUsedVlanIdInDvs: (call) => usedVlans(viewOf(call), switchIn(viewOf(call), call.self)),

  LookupDvPortGroup(call, { portgroupKey }) {
    const view = viewOf(call);
    for (const group of portgroupsOf(view, switchIn(view, call.self)))
      if (idOf(group) === portgroupKey) return refOf(group);
    throw fault("NotFound", {}, `The switch has no port group '${portgroupKey}'.`);
  },

  EnableNetworkResourceManagement: ({ core, self }, { enable }) =>
    core.universe.transact((tx) => {
      const { id, settings } = switchIn(tx, self);
      tx.change("VmwareDistributedVirtualSwitch", id, ({ changes }) => ({
        changes: changes + 1,
        settings: { ...settings, networkResourceManagement: enable },
      }));
    }),
};
