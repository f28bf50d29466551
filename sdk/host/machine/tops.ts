import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record } from "../state/view.ts";

/** All snapshots of a machine, each after the one that it follows on. */
export function snapshotsOf(tx: Draft, machine: MachineRecord): readonly SnapshotRecord[] {
  const found: SnapshotRecord[] = [];
  const waiting: number[] = [...(machine.snapshots?.roots ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const snapshot: SnapshotRecord = record(tx, "VirtualMachineSnapshot", id);
    found.push(snapshot);
    waiting.push(...snapshot.below);
  }
  return found;
}

/** The disk files that a machine refers to: the topmost of its disks, and those of its snapshots. */
export function topsOf(tx: Draft, machine: MachineRecord): readonly DiskLayer[] {
  const tops = machine.disks.map(({ layer }) => layer);
  for (const snapshot of snapshotsOf(tx, machine)) tops.push(...snapshot.machine.disks.map(({ layer }) => layer));
  return tops;
}
