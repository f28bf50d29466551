import type { vim } from "../../vim/index.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { editsOver } from "./device-edits.ts";
import { devicesOf } from "./devices.ts";

/** Lists of devices are never changed: what was found to need nothing needs nothing for as long as it lives. */
const settled = new WeakSet<readonly vim.VirtualDevice[]>();

/** The device edits of a machine that starts: what is to be connected at power on is, the rest is not. */
export function reconnected(machine: MachineRecord): MachineRecord["devices"] {
  const devices = devicesOf(machine);
  if (settled.has(devices)) return machine.devices;
  const edits: Record<number, vim.VirtualDevice> = { ...machine.devices };
  let changed = false;
  for (const device of devices) {
    const { connectable } = device;
    if (!connectable || connectable.connected === connectable.startConnected) continue;
    edits[device.key] = {
      ...device,
      connectable: { ...connectable, connected: connectable.startConnected },
    };
    changed = true;
  }
  if (!changed) settled.add(devices);
  return changed ? editsOver(machine.base, edits) : machine.devices;
}

/** A device as it is shown: nothing is connected in a machine that does not run, whatever will be when it starts. */
export function connectedNow(machine: MachineRecord, device: vim.VirtualDevice): vim.VirtualDevice {
  const { connectable } = device;
  if (machine.power === "poweredOn" || !connectable?.connected) return device;
  return { ...device, connectable: { ...connectable, connected: false, status: "untried" } };
}
