import type { DiskLayer, MachineRecord } from "../state/machine-record.ts";

const MiB = 2 ** 20;

/**
 * What a machine keeps beside its disks, in bytes: the room that its files are given on a datastore when they are made, whatever is
 * in them then. Assumed: enough for a small machine's. So a fork takes the same room however long its texts come to be.
 */
export const fileSizes = {
  vmx: 8_192,
  vmsd: 4_096,
  vmxf: 4_096,
  nvram: { bios: 8_684, efi: 270_840 },
  /** As long as a log may be; what is older is dropped. */
  log: 262_144,
  /** The text file in front of a disk's or delta's extent. */
  descriptor: 1_024,
  /** A snapshot's device state. */
  vmsn: 32_768,
} as const;

/**
 * Bytes of the swap file of a machine that runs: configured memory without what is reserved. A fork's is not counted here: it
 * holds the pages that the fork wrote, and the page store counts those.
 */
export function swapBytes(machine: Pick<MachineRecord, "base" | "forked">): number {
  const reservedMB = machine.base.settings.memoryAllocation?.reservation ?? 0;
  return machine.forked ? 0 : Math.max(0, machine.base.memoryMB - Number(reservedMB)) * MiB;
}

/** Bytes of the file that a suspended machine's memory, or a snapshot's, is kept in. */
export const memoryFileBytes = (machine: Pick<MachineRecord, "base">): number => machine.base.memoryMB * MiB;

/** Bytes in a machine's own directory beside its disks, as long as it is in its present power state. */
export function homeBytes(machine: Pick<MachineRecord, "base" | "forked" | "power">): number {
  const { vmx, vmsd, vmxf, nvram, log } = fileSizes;
  const always = vmx + vmsd + vmxf + nvram[machine.base.firmware] + log;
  if (machine.power === "poweredOn") return always + swapBytes(machine);
  return machine.power === "suspended" ? always + memoryFileBytes(machine) : always;
}

/** Bytes that a disk file takes whatever is in it; blocks of thin disks and of deltas are counted by the page store. */
export const layerBytes = (layer: DiskLayer): number => fileSizes.descriptor + layer.thick;
