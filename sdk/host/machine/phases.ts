import type { MachineRecord } from "../state/machine-record.ts";
import type { Phase } from "../state/task-record.ts";
import type { View } from "../state/view.ts";
import { lasting } from "../task/durations.ts";

const pagesPerGiB = 2 ** 18;

/** One phase of a named length, times a factor. */
export const phase = (name: Parameters<typeof lasting>[0], times = 1): Phase => ({ name, ms: lasting(name, times) });

/** Configured memory, in GiB. */
const memoryGiB = ({ base }: MachineRecord) => base.memoryMB / 1024;

/** An instant clone: a source that runs must be brought to rest first. Its memory's size counts only for the page tables. */
export const forkPhases = (source: MachineRecord): readonly Phase[] => [
  phase("instantClone.quiesce", source.frozen ? 0 : 1),
  phase("instantClone.deltaPerDisk", source.disks.length),
  phase("instantClone.checkpoint"),
  phase("instantClone.memoryPerGiB", memoryGiB(source)),
  phase("instantClone.register"),
];

/** A full clone copies what its disks hold. */
export function copyPhases(view: View, source: MachineRecord): readonly Phase[] {
  return [phase("vm.create"), phase("clone.perGiB", diskPages(view, source) / pagesPerGiB)];
}

export const suspendPhases = (machine: MachineRecord): readonly Phase[] => [
  phase("power.suspendPerGiB", memoryGiB(machine)),
];

/** To another host: what is in memory goes over the network, and then the machine is switched over. */
export function migratePhases(view: View, machine: MachineRecord): readonly Phase[] {
  if (machine.power !== "poweredOn") return [phase("migrate.prepare")];
  const pages = view.pages.figures(machine.memory).mapped;
  return [phase("migrate.prepare"), phase("migrate.memoryPerGiB", pages / pagesPerGiB), phase("migrate.switch")];
}

/** To another datastore too: what its disks hold is copied first. */
export function relocatePhases(view: View, machine: MachineRecord): readonly Phase[] {
  return [phase("disk.perGiB", diskPages(view, machine) / pagesPerGiB), ...migratePhases(view, machine)];
}

/** Disks are made to stand for themselves. */
export const promotePhases = (view: View, machine: MachineRecord): readonly Phase[] => [
  phase("disk.perGiB", diskPages(view, machine) / pagesPerGiB),
];

const diskPages = (view: View, machine: MachineRecord) =>
  machine.disks.reduce((sum, { space }) => sum + view.pages.figures(space).mapped, 0);
