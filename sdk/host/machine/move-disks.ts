import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { homePath } from "../storage/home.ts";
import { unrefer } from "../storage/layers.ts";
import { giveSpace, takeSpace } from "../storage/space.ts";
import { DiskFiles } from "./disk-files.ts";
import { type MovedDisk, moveDisk } from "./disk-move.ts";
import type { DiskTarget } from "./disk-target.ts";
import { movesAll } from "./move-type.ts";
import { snapshotBytes } from "./snapshot-drop.ts";
import { snapshotsOf } from "./tops.ts";

/**
 * Moves the files of a machine's disks, and those of its snapshots with them, which go to its home too. The record that comes back
 * is put already; lists of datastores are the caller's. With `fresh` files are made anew though they could stay.
 */
export function moveDisks(
  tx: Draft,
  machine: MachineRecord,
  targets: ReadonlyMap<number, DiskTarget>,
  fresh = false,
): MachineRecord {
  const files = new DiskFiles(tx, machine);
  const snapshots = snapshotsOf(tx, machine);
  const done: MovedDisk[] = [];
  for (const [key, target] of targets) {
    const along = movesAll(target.move) ? snapshots.map((snapshot) => snapshot.machine) : [];
    const disks = [machine, ...along].flatMap((one) => one.disks.filter((disk) => disk.key === key));
    done.push(...moveDisk(tx, files, machine.id, disks, target, fresh));
  }
  const found = new Map<MachineDisk, MachineDisk>();
  for (const { before: was, after } of done) {
    if (was === after) continue;
    found.set(was, after);
    tx.dropSpace(was.space);
  }
  const replaced = (disks: readonly MachineDisk[]) =>
    disks.some((disk) => found.has(disk)) ? disks.map((disk) => found.get(disk) ?? disk) : disks;
  const moved = { ...machine, disks: replaced(machine.disks), deltas: files.deltas };
  for (const snapshot of snapshots) {
    const was = snapshot.machine;
    if (was.datastore !== machine.datastore) {
      giveSpace(tx, was.datastore, snapshotBytes(snapshot));
      takeSpace(tx, machine.datastore, snapshotBytes(snapshot), homePath(machine, ".vmsn"));
    }
    const { datastore, directory } = machine;
    tx.put({ ...snapshot, machine: { ...was, datastore, directory, disks: replaced(was.disks) } });
  }
  // While files go, the machine's own record must say where its home is now.
  tx.put(moved);
  unrefer(
    tx,
    [...found.keys()].map(({ layer }) => layer),
  );
  return moved;
}
