import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { Doer } from "../machine/create.ts";
import { powerOff, powerOn, shutdownGuest, suspend } from "../machine/power.ts";
import type { Draft } from "../state/draft.ts";
import { numberIn } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";

const usual: vim.AutoStartDefaults = {
  enabled: false,
  startDelay: 120,
  stopDelay: 120,
  waitForHeartbeat: false,
  stopAction: "PowerOff",
};

export function autoStartOf({ settings }: HostRecord): vim.HostAutoStartManagerConfig {
  const { defaults, machines = [] } = settings?.autoStart ?? {};
  return { defaults: { ...usual, ...defaults }, ...(machines.length > 0 ? { powerInfo: machines } : {}) };
}

/** A host with its start order changed, machine by machine. Throws InvalidArgument for machines that are elsewhere. */
export function withAutoStart(view: View, host: HostRecord, spec: vim.HostAutoStartManagerConfig): HostRecord {
  const before = host.settings?.autoStart;
  const wanted = spec.powerInfo ?? [];
  wanted.forEach(({ key }, i) => {
    if (!host.vms.has(resolveKind(view, "VirtualMachine", key).id))
      throw invalidArgument(`spec.powerInfo[${i}].key`, `The machine ${key.value} is not on the host '${host.name}'.`);
  });
  const kept = (before?.machines ?? []).filter(({ key }) => !wanted.some((one) => one.key.value === key.value));
  const defaults = { ...before?.defaults, ...spec.defaults };
  return { ...host, settings: { ...host.settings, autoStart: { defaults, machines: [...kept, ...wanted] } } };
}

/** The machines of the start order, first to last; those without a place come after those that have one. */
function* inOrder(tx: Draft, host: HostRecord): Generator<[vim.AutoStartPowerInfo, MachineRecord]> {
  const place = ({ startOrder }: vim.AutoStartPowerInfo) => (startOrder < 0 ? Number.POSITIVE_INFINITY : startOrder);
  for (const info of [...(host.settings?.autoStart?.machines ?? [])].sort((a, b) => place(a) - place(b))) {
    const machine = tx.object(numberIn(info.key.value));
    if (machine?.kind === "VirtualMachine" && machine.host === host.id) yield [info, machine];
  }
}

export function startMachines(tx: Draft, by: Doer, host: HostRecord): void {
  for (const [{ startAction }, machine] of inOrder(tx, host))
    if (startAction.toLowerCase() === "poweron" && machine.power !== "poweredOn") powerOn(tx, by, machine);
}

export function stopMachines(tx: Draft, by: Doer, host: HostRecord): void {
  for (const [info, machine] of [...inOrder(tx, host)].reverse()) {
    if (machine.power !== "poweredOn") continue;
    const action = info.stopAction.toLowerCase();
    const stop = action === "systemdefault" ? (autoStartOf(host).defaults?.stopAction ?? "").toLowerCase() : action;
    if (stop === "poweroff") powerOff(tx, by, machine);
    if (stop === "suspend") suspend(tx, by, machine);
    if (stop === "guestshutdown") shutdownGuest(tx, by, machine);
  }
}
