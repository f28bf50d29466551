import { invalidPowerState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { DiskLayer, MachineRecord } from "../state/machine-record.ts";
import { remove } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { giveDirectory } from "../storage/directory.ts";
import { chainOf, unrefer } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import type { Doer } from "./create.ts";
import { hideGuest } from "./guest.ts";
import { leave } from "./links.ts";
import { dropSnapshot } from "./snapshot-drop.ts";
import { snapshotsOf, topsOf } from "./tops.ts";
import { indexUuids } from "./uuid.ts";

/**
 * Destroys a machine with its files. What others are based on stays, in its directory, until the last of them goes. Throws
 * InvalidPowerState while it runs.
 */
export function destroyMachine(tx: Draft, by: Doer, machine: MachineRecord): void {
  if (machine.power === "poweredOn") throw invalidPowerState("poweredOn", "poweredOff", machine.name);
  const directories = directoriesOf(tx, machine);
  leave(tx, machine);
  hideGuest(tx, machine);
  indexUuids(tx, machine, undefined);
  remove(tx, machine);
  tx.dropSpace(machine.memory);
  const tops = topsOf(tx, machine);
  for (const snapshot of snapshotsOf(tx, machine)) dropSnapshot(tx, snapshot);
  for (const { space } of machine.disks) tx.dropSpace(space);
  unrefer(tx, machine.id, tops, []);
  for (const { datastore, directory } of directories) giveDirectory(tx, datastore, directory);
  post(tx, by, "VmRemovedEvent", { vm: machine });
}

/** The directories of a machine: that of its configuration, and one on each other datastore where a disk of it was made. */
export function directoriesOf(
  tx: Draft,
  machine: MachineRecord,
): readonly { readonly datastore: number; readonly directory: string }[] {
  const found = new Map([[machine.datastore, machine.directory]]);
  const look = (layer: DiskLayer) => {
    for (const { datastore, path } of chainOf(layer)) {
      const directory = directoryOf(path);
      if (!found.has(datastore) && record(tx, "Datastore", datastore).directories.get(directory) === machine.id)
        found.set(datastore, directory);
    }
  };
  for (const { layer } of machine.disks) look(layer);
  return [...found].map(([datastore, directory]) => ({ datastore, directory }));
}
