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
  const pages = source.disks.reduce((sum, { space }) => sum + view.pages.figures(space).mapped, 0);
  return [phase("vm.create"), phase("clone.perGiB", pages / pagesPerGiB)];
}

export const suspendPhases = (machine: MachineRecord): readonly Phase[] => [
  phase("power.suspendPerGiB", memoryGiB(machine)),
];
