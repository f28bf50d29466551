import type { DiskLayer, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record, type View } from "../state/view.ts";

/** All snapshots of a machine, each after the one that it follows on. */
export function snapshotsOf(view: View, machine: MachineRecord): readonly SnapshotRecord[] {
  const found: SnapshotRecord[] = [];
  const waiting: number[] = [...(machine.snapshots?.roots ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const snapshot: SnapshotRecord = record(view, "VirtualMachineSnapshot", id);
    found.push(snapshot);
    waiting.push(...snapshot.below);
  }
  return found;
}

/** The disk files that a machine refers to: the topmost of its disks, and those of its snapshots. */
export function topsOf(view: View, machine: MachineRecord): readonly DiskLayer[] {
  const tops = machine.disks.map(({ layer }) => layer);
  for (const snapshot of snapshotsOf(view, machine)) tops.push(...snapshot.machine.disks.map(({ layer }) => layer));
  return tops;
}
