import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { diskAccount } from "../storage/accounts.ts";
import { fileMade } from "../storage/directory.ts";
import { fileSizes } from "../storage/files.ts";
import { deltaOn, isBase } from "../storage/layers.ts";
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

/**
 * The topmost file of a disk as it is known from now on, when another is put above it: with how much is in it. All that hold it from
 * here on hold this same record of it.
 */
function closed(tx: Draft, { layer, space }: MachineDisk): DiskLayer {
  // Others that have it already would know it otherwise: there is one record of each file.
  if (layer.thick > 0 || layer.blocks !== undefined || isBase(tx, layer)) return layer;
  const { mapped, private: own } = tx.pages.figures(space);
  let below = 0;
  for (let at = layer.parent; at; at = at.parent) below += at.blocks ?? 0;
  // What others share of it already does not count as its own any more, but then the lower files cannot have it either.
  const open = layer.parent && layer.parent.blocks === undefined;
  return { ...layer, blocks: open ? own : Math.max(own, mapped - below) };
}

/**
 * Gives some of a machine's disks, or all, an empty file each above what is their topmost now. The record is the caller's to put.
 * Whoever else is to be based on the lower file takes it from there, as that file's `parent`.
 */
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
    return { ...disk, layer: freshLayer(tx, machine, closed(tx, disk), ++deltas) };
  });
  return { ...machine, disks, deltas };
}

/**
 * A machine that writes nothing for now, with its topmost deltas closed: others are to be based on them. Put once, then as it is. How
 * much is in a file that is based on no other can be told at any time.
 */
export function settled(tx: Draft, machine: MachineRecord): MachineRecord {
  const disks = machine.disks.map((disk) => {
    const layer = disk.layer.parent ? closed(tx, disk) : disk.layer;
    return layer === disk.layer ? disk : { ...disk, layer };
  });
  if (disks.every((disk, i) => disk === machine.disks[i])) return machine;
  const next = { ...machine, disks };
  tx.put(next);
  return next;
}

/** The disks of a machine as they were before it was raised, with their files closed. */
export const belowRaised = (before: MachineRecord, raised: MachineRecord): readonly MachineDisk[] =>
  before.disks.map((disk, i) => {
    const layer = raised.disks[i]?.layer;
    return layer === disk.layer || !layer?.parent ? disk : { ...disk, layer: layer.parent };
  });
