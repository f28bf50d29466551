import type { Ref, vim } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { fault, HostFault } from "../faults.ts";
import { requireAccount } from "../hosts/connection.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { powerOn, requirePowerOn } from "../machine/power.ts";
import { hostConnectInfo } from "../properties/host-connect-info.ts";
import { readerOf } from "../property/reader.ts";
import { record } from "../state/view.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

/** What is asked of a host by its name: only those of this vCenter are there to answer. */
function connectInfo(
  call: Call,
  hostName: string,
  account: { userName?: string; password?: string },
): vim.HostConnectInfo {
  requireAccount(account, true);
  const reader = readerOf(call.core, sessionOf(call));
  for (const host of reader.state.objects.values())
    if (host.kind === "HostSystem" && host.name === hostName) return hostConnectInfo(reader, host);
  throw fault("NoHost", { name: hostName }, `No host answers to the name '${hostName.slice(0, 200)}'.`);
}

export const datacenter: Handlers<"Datacenter"> = {
  QueryConnectionInfo: (call, { hostname, username, password }) =>
    connectInfo(call, hostname, { userName: username, password }),

  QueryConnectionInfoViaSpec: (call, { spec }) => connectInfo(call, spec.hostName ?? "", spec),

  PowerOnMultiVM_Task: operation("Datacenter", "PowerOnMultiVM_Task", {
    phases: () => [{ name: "power.on", ms: lasting("power.on") }],
    /** Those that cannot be powered on as they are do not keep the others from it; where room runs out, none is. */
    finish(tx, { args, ...by }) {
      const attempted: vim.ClusterAttemptedVmInfo[] = [];
      const notAttempted: vim.ClusterNotAttemptedVmInfo[] = [];
      for (const vm of args.vm) {
        const refused = refusal(() => requirePowerOn(resolveKind(tx, "VirtualMachine", vm)));
        if (refused) notAttempted.push({ vm, fault: refused });
        else attempted.push(powered(vm));
      }
      for (const { vm } of attempted) powerOn(tx, by, resolveKind(tx, "VirtualMachine", vm));
      return { ...(attempted.length > 0 ? { attempted } : {}), ...(notAttempted.length > 0 ? { notAttempted } : {}) };
    },
  }),

  ReconfigureDatacenter_Task: operation("Datacenter", "ReconfigureDatacenter_Task", {
    phases: () => [{ name: "vm.reconfigure", ms: lasting("vm.reconfigure") }],
    finish(tx, { id, args: { spec, modify } }) {
      const { _typeName, ...wanted } = spec;
      const { config = {} } = record(tx, "Datacenter", id);
      tx.change("Datacenter", id, () => ({ config: modify ? { ...config, ...wanted } : wanted }));
    },
  }),
};

const powered = (vm: Ref<"VirtualMachine">): vim.ClusterAttemptedVmInfo => ({ vm });

function refusal(work: () => void): vim.LocalizedMethodFault | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HostFault) return error.localized;
    throw error;
  }
}
