import type { vim } from "../../vim/index.ts";
import { invalidArgument, invalidPowerState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { chainOf } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { consolidate } from "./consolidate.ts";
import type { DiskTarget } from "./disk-target.ts";
import { replaceMachine } from "./links.ts";
import { requireNoTemplate } from "./lookup.ts";
import { moveDisks } from "./move-disks.ts";
import { requireRoom } from "./room.ts";
import { snapshotsOf } from "./tops.ts";

/** Throws unless a machine's disks can be promoted: those named must be its own, and it must be off. */
export function requirePromotable(machine: MachineRecord, disks: readonly vim.VirtualDisk[] | undefined): void {
  requireNoTemplate(machine, "promoting its disks");
  if (machine.power !== "poweredOff") throw invalidPowerState(machine.power, "poweredOff", machine.name);
  disks?.forEach(({ key }, i) => {
    if (!machine.disks.some((disk) => disk.key === key))
      throw invalidArgument(`disks[${i}].key`, `'${machine.name}' has no disk with the key ${key}.`);
  });
}

/**
 * Makes disks independent of other machines: with `unlink` the files that it shares with them are copied. What then only this machine
 * needs is merged, as far as its snapshots allow.
 */
export function promoteDisks(
  tx: Draft,
  machine: MachineRecord,
  unlink: boolean,
  disks: readonly vim.VirtualDisk[] | undefined,
): MachineRecord {
  requirePromotable(machine, disks);
  const keys = new Set(disks?.length ? disks.map(({ key }) => key) : machine.disks.map(({ key }) => key));
  if (!unlink) return consolidate(tx, machine);
  const targets = new Map<number, DiskTarget>();
  for (const disk of machine.disks)
    if (keys.has(disk.key) && isLinked(tx, machine, disk)) targets.set(disk.key, alone(tx, machine, disk));
  if (targets.size === 0) return consolidate(tx, machine);
  const moved = replaceMachine(tx, machine, moveDisks(tx, machine, targets, true));
  for (const { layer } of moved.disks) requireRoom(tx, layer.datastore);
  return consolidate(tx, moved);
}

/** True when a disk is based on a file in a directory of another's. */
function isLinked(view: View, machine: MachineRecord, { layer }: MachineDisk): boolean {
  for (const { datastore, path } of chainOf(layer)) {
    const { directories } = record(view, "Datastore", datastore);
    if (directories.get(directoryOf(path)) !== machine.id) return true;
  }
  return false;
}

/** Files of its own: one, or as many as its snapshots need. */
function alone(tx: Draft, machine: MachineRecord, { key, layer }: MachineDisk): DiskTarget {
  const kept = snapshotsOf(tx, machine).some((snapshot) => snapshot.machine.disks.some((disk) => disk.key === key));
  const move = kept ? "moveAllDiskBackingsAndDisallowSharing" : "moveAllDiskBackingsAndConsolidate";
  return { datastore: layer.datastore, move, format: undefined };
}
