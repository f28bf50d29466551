import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { diskAccount } from "../storage/accounts.ts";
import { fileSizes } from "../storage/files.ts";
import { deltaOn, deltaPath } from "../storage/layers.ts";
import { takeSpace } from "../storage/space.ts";

/** An empty file above another, which from then on is only read. It lies beside it. */
export function freshLayer(tx: Draft, machine: MachineRecord, below: DiskLayer): DiskLayer {
  const path = deltaPath(below, machine.deltas + 1);
  takeSpace(tx, below.datastore, fileSizes.descriptor, path);
  return deltaOn(below, below.datastore, path);
}

/** Gives some of a machine's disks, or all, an empty file each above what is their topmost now. The record is the caller's to put. */
export function raise(
  tx: Draft,
  machine: MachineRecord,
  which: (disk: MachineDisk) => boolean = () => true,
): MachineRecord {
  const disks = machine.disks.map((disk) => {
    if (!which(disk)) return disk;
    // Blocks of a thick file are charged to nobody; those of the delta above it are.
    if (disk.layer.thick > 0) tx.chargeSpace(disk.space, diskAccount(tx, disk.layer.datastore));
    return { ...disk, layer: freshLayer(tx, machine, disk.layer) };
  });
  return { ...machine, disks, deltas: machine.deltas + 1 };
}
