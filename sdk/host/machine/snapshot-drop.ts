import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record } from "../state/view.ts";
import { fileSizes, memoryFileBytes } from "../storage/files.ts";
import { unrefer } from "../storage/layers.ts";
import { giveSpace } from "../storage/space.ts";

/** Bytes of a snapshot's own files: its state, and its memory if it has that. */
export const snapshotBytes = ({ machine }: Pick<SnapshotRecord, "machine">): number =>
  fileSizes.vmsn + (machine.memory === 0 ? 0 : memoryFileBytes(machine));

/** Takes a snapshot out of the state and gives back what it holds. Its place in the tree is another matter. */
export function dropSnapshot(tx: Draft, machine: MachineRecord, snapshot: SnapshotRecord): void {
  tx.remove(snapshot.id);
  giveSpace(tx, machine.datastore, snapshotBytes(snapshot));
  tx.dropSpace(snapshot.machine.memory);
  for (const disk of snapshot.machine.disks) {
    tx.dropSpace(disk.space);
    unrefer(tx, disk.layer, machine.id);
  }
}

/** All snapshots of a machine go with it. */
export function dropSnapshots(tx: Draft, machine: MachineRecord): void {
  const waiting = [...(machine.snapshots?.roots ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const snapshot = record(tx, "VirtualMachineSnapshot", id);
    waiting.push(...snapshot.below);
    dropSnapshot(tx, machine, snapshot);
  }
}
