import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { filesIn, makeDirectory } from "../storage/directory.ts";
import { chainOf } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { topsOf } from "./tops.ts";

/**
 * The directory of a machine on a datastore, made there under a name when a first file goes to another datastore than the
 * configuration.
 */
export function directoryOn(tx: Draft, machine: MachineRecord, datastore: number, name = machine.directory): string {
  if (datastore === machine.datastore) return machine.directory;
  const { directories } = record(tx, "Datastore", datastore);
  for (const top of topsOf(tx, machine))
    for (const layer of chainOf(top)) {
      const directory = directoryOf(layer.path);
      if (layer.datastore === datastore && directories.get(directory) === machine.id) return directory;
    }
  return makeDirectory(tx, datastore, name, machine.id);
}

/** The disk files in a directory of a machine's: that of its own, of disks that nobody has, and where there are more, of anybody. */
export function pathsIn(tx: Draft, machine: MachineRecord, datastore: number, directory: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (of: MachineRecord) => {
    for (const top of topsOf(tx, of)) add(top);
  };
  const add = (top: MachineRecord["disks"][number]["layer"]) => {
    for (const { datastore: on, path } of chainOf(top))
      if (on === datastore && directoryOf(path) === directory) found.add(path);
  };
  look(machine);
  for (const { layer } of tx.loose.snapshot().values()) add(layer);
  // Files that another machine is based on, or that it has taken over: rare enough to go through all of them.
  const all = filesIn(tx, datastore, directory);
  if (found.size < all)
    for (const id of record(tx, "Datastore", datastore).vms.keys()) look(record(tx, "VirtualMachine", id));
  return found;
}
