import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { record } from "../state/view.ts";
import { hasLeft } from "./layers.ts";
import { directoryOf, fileNameOf } from "./path.ts";

/** The directory that a new machine gets on a datastore: its name, or with `_1`, `_2`, ... behind it where that is taken. */
export function freeDirectory(datastore: DatastoreRecord, name: string): string {
  const wanted = fileNameOf(name);
  if (!datastore.directories.has(wanted)) return wanted;
  let n = 1;
  while (datastore.directories.has(`${wanted}_${n}`)) n++;
  return `${wanted}_${n}`;
}

/** The directory of a machine on a datastore, made there when a first disk goes to another datastore than the configuration. */
export function directoryOn(tx: Draft, machine: MachineRecord, datastore: number): string {
  if (datastore === machine.datastore) return machine.directory;
  const store = record(tx, "Datastore", datastore);
  for (const { layer } of machine.disks) {
    const directory = directoryOf(layer.path);
    if (layer.datastore === datastore && store.directories.get(directory) === machine.id) return directory;
  }
  const directory = freeDirectory(store, machine.directory);
  tx.put({ ...store, directories: store.directories.set(directory, machine.id) });
  return directory;
}

/** Gives a directory up, unless files in it are needed by others: then it goes with the last of them. */
export function giveDirectory(tx: Draft, datastore: number, directory: string): void {
  if (hasLeft(tx, datastore, directory)) return;
  tx.change("Datastore", datastore, ({ directories }) => ({ directories: directories.delete(directory) }));
}
