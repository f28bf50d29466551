import type { MachineRecord } from "../state/machine-record.ts";
import { devicesOf, isDisk } from "./devices.ts";

/**
 * A machine made from what a snapshot has, without the devices of disks that are not there: snapshots do not keep independent ones,
 * and one that was taken from its machine since does not come back.
 */
export function withoutMissing(machine: MachineRecord): MachineRecord {
  const keys = new Set(machine.disks.map(({ key }) => key));
  const devices = devicesOf(machine);
  const there = devices.filter((device) => !isDisk(device) || keys.has(device.key));
  return there.length === devices.length
    ? machine
    : { ...machine, base: { ...machine.base, devices: there }, devices: undefined };
}
