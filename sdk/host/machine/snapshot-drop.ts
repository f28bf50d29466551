import type { Draft } from "../state/draft.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { fileSizes, memoryFileBytes } from "../storage/files.ts";
import { giveSpace } from "../storage/space.ts";

/** Bytes of a snapshot's own files: its state, and its memory if it has that. */
export const snapshotBytes = ({ machine }: Pick<SnapshotRecord, "machine">): number =>
  fileSizes.vmsn + (machine.memory === 0 ? 0 : memoryFileBytes(machine));

/** Takes a snapshot out of the state and gives back what it holds but disk files. Its place in the tree is another matter. */
export function dropSnapshot(tx: Draft, snapshot: SnapshotRecord): void {
  tx.remove(snapshot.id);
  giveSpace(tx, snapshot.machine.datastore, snapshotBytes(snapshot));
  tx.dropSpace(snapshot.machine.memory);
  for (const { space } of snapshot.machine.disks) tx.dropSpace(space);
}
