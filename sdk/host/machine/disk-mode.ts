import type { vim } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { type ChangePath, deviceFault, pathIn } from "./device-fault.ts";
import { deviceOf, isDisk, labelOf } from "./devices.ts";

/** The mode of a disk: `persistent` unless it says otherwise. */
const modeOf = ({ backing }: vim.VirtualDevice): string =>
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

const modes: ReadonlySet<string> = new Set([
  "persistent",
  "nonpersistent",
  "independent_persistent",
  "independent_nonpersistent",
]);

/** Throws VirtualDiskModeNotSupported for modes that only disks of hosted products have: `append`, `undoable`. */
export function requireMode(disk: vim.VirtualDevice, at: ChangePath): void {
  const mode = modeOf(disk);
  if (modes.has(mode)) return;
  const device = labelOf(disk);
  throw fault(
    "VirtualDiskModeNotSupported",
    { device, reason: "device", mode },
    `The disk '${device}' cannot be in the mode '${mode}' (${pathIn(at, "device.backing.diskMode")}). Modes are: ${[...modes].join(", ")}.`,
  );
}

/** Throws DisallowedDiskModeChange where the mode of a disk is to change that runs or that snapshots know. */
export function requireModeChange(machine: MachineRecord, change: vim.VirtualDeviceConfigSpec, at: ChangePath): void {
  const { device, operation } = change;
  const current = deviceOf(machine, device.key);
  if (operation !== "edit" || !isDisk(device) || !device.backing || !current || modeOf(device) === modeOf(current))
    return;
  requireMode(device, at);
  const why =
    machine.power !== "poweredOff"
      ? "while its machine is not powered off"
      : machine.snapshots?.roots.length
        ? "as long as its machine has snapshots"
        : undefined;
  if (why)
    throw deviceFault(
      "DisallowedDiskModeChange",
      at,
      "device.backing.diskMode",
      `The mode of a disk cannot change ${why}.`,
    );
}
