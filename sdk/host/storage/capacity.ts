import type { vim } from "../../vim/index.ts";
import type { MachineBase, MachineRecord } from "../state/machine-record.ts";

const known = new WeakMap<MachineBase, ReadonlyMap<number, vim.VirtualDevice>>();

/** The devices of a base by their keys: worked out once for a machine and all its forks. */
function byKey(base: MachineBase): ReadonlyMap<number, vim.VirtualDevice> {
  let devices = known.get(base);
  if (!devices) known.set(base, (devices = new Map(base.devices.map((device) => [device.key, device]))));
  return devices;
}

/** A machine's device by its key, as it was edited last. What is derived (file names, MAC addresses) is not in it. */
export const deviceOf = (machine: MachineRecord, key: number): vim.VirtualDevice | undefined =>
  machine.devices?.[key] ?? byKey(machine.base).get(key);

/** The capacity of one of a machine's disks, in bytes; 0 where it has no such disk. */
export function capacityOf(machine: MachineRecord, key: number): number {
  const device = deviceOf(machine, key);
  return device?._typeName === "VirtualDisk" ? (device.capacityInBytes ?? device.capacityInKB * 1024) : 0;
}
