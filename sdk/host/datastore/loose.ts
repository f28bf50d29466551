import type { Draft } from "../state/draft.ts";
import type { LooseDisk, MachineRecord } from "../state/machine-record.ts";
import { dropDirectory } from "../storage/directory.ts";
import { homeBytes } from "../storage/files.ts";
import { layerKey, unrefer } from "../storage/layers.ts";
import { isWithin } from "../storage/path.ts";
import { giveSpace } from "../storage/space.ts";
import { looseOf, unregisteredOf } from "./unlisted.ts";

/** Disks at or below a path that no machine has. */
export function looseBelow(tx: Draft, datastore: number, path: string): LooseDisk[] {
  const found: LooseDisk[] = [];
  for (const disk of looseOf(tx).values())
    if (disk.layer.datastore === datastore && isWithin(disk.layer.path, path)) found.push(disk);
  return found;
}

/** Machines that are not in the inventory and have their configuration at or below a path. */
export function unregisteredBelow(tx: Draft, datastore: number, path: string): MachineRecord[] {
  const found: MachineRecord[] = [];
  for (const machine of unregisteredOf(tx).values())
    if (machine.datastore === datastore && isWithin(machine.directory, path)) found.push(machine);
  return found;
}

export const unregisteredKey = (machine: Pick<MachineRecord, "datastore" | "directory">): string =>
  `${machine.datastore}/${machine.directory}`;

/** A disk that nobody has goes, with the files below it that nothing else needs. */
export function dropLoose(tx: Draft, disk: LooseDisk): void {
  tx.loose.delete(layerKey(disk.layer));
  tx.dropSpace(disk.space);
  unrefer(tx, [disk.layer]);
}

/** The configuration of a machine that is not in the inventory goes; its disks stay, and nobody has them. */
export function forgetMachine(tx: Draft, machine: MachineRecord): readonly LooseDisk[] {
  tx.unregistered.delete(unregisteredKey(machine));
  giveSpace(tx, machine.datastore, homeBytes(machine));
  tx.dropSpace(machine.memory);
  for (const disk of machine.disks) tx.loose.set(layerKey(disk.layer), disk);
  dropDirectory(tx, machine.datastore, machine.directory);
  return machine.disks;
}
