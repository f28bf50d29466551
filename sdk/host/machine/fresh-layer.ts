import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { diskAccount } from "../storage/accounts.ts";
import { fileMade } from "../storage/directory.ts";
import { fileSizes } from "../storage/files.ts";
import { deltaOn } from "../storage/layers.ts";
import { takeSpace } from "../storage/space.ts";
import { directoryOn } from "./directories.ts";

/**
 * An empty file above another, which from then on is only read: `golden-000001.vmdk` above `golden.vmdk`. It lies in the machine's
 * own directory, where its number is given only once.
 */
export function freshLayer(tx: Draft, machine: MachineRecord, below: DiskLayer, number: number): DiskLayer {
  const { datastore } = below;
  const stem = below.path.slice(below.path.lastIndexOf("/") + 1).replace(/(-\d{6,})?\.vmdk$/, "");
  const path = `${directoryOn(tx, machine, datastore)}/${stem}-${String(number).padStart(6, "0")}.vmdk`;
  takeSpace(tx, datastore, fileSizes.descriptor, path);
  fileMade(tx, datastore, path);
  return deltaOn(below, datastore, path);
}

/** Gives some of a machine's disks, or all, an empty file each above what is their topmost now. The record is the caller's to put. */
export function raise(
  tx: Draft,
  machine: MachineRecord,
  which: (disk: MachineDisk) => boolean = () => true,
): MachineRecord {
  let { deltas } = machine;
  const disks = machine.disks.map((disk) => {
    if (!which(disk)) return disk;
    // Blocks of a thick file are charged to nobody; those of the delta above it are.
    if (disk.layer.thick > 0) tx.chargeSpace(disk.space, diskAccount(tx, disk.layer.datastore));
    return { ...disk, layer: freshLayer(tx, machine, disk.layer, ++deltas) };
  });
  return { ...machine, disks, deltas };
}
