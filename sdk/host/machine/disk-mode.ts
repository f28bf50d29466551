import type { vim } from "../../vim/index.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { deviceOf } from "./devices.ts";

/** The mode of a disk: `persistent` unless it says otherwise. */
export const modeOf = ({ backing }: vim.VirtualDevice): string =>
  backing && "diskMode" in backing ? backing.diskMode : "persistent";

/** True when what is written to a disk is gone when its machine is powered off. */
export const isNonpersistent = (device: vim.VirtualDevice): boolean => modeOf(device).endsWith("nonpersistent");

/** Disks that are neither kept nor brought back by snapshots: those independent of them, and those that keep nothing. */
export function isIndependent(machine: MachineRecord, disk: MachineDisk): boolean {
  const device = deviceOf(machine, disk.key);
  return device !== undefined && modeOf(device) !== "persistent";
}

/** True when a machine's disk keeps nothing of what is written to it. */
export function discards(machine: Pick<MachineRecord, "base" | "devices">, disk: MachineDisk): boolean {
  const device = deviceOf(machine, disk.key);
  return device !== undefined && isNonpersistent(device);
}
