import type { Draft } from "../state/draft.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { record } from "../state/view.ts";
import { directoryOf, fileNameOf } from "./path.ts";
import { nodeAt, withNode } from "./tree.ts";

/** The directory that a new machine gets on a datastore: its name, or with `_1`, `_2`, ... behind it where that is taken. */
export function freeDirectory(datastore: DatastoreRecord, name: string): string {
  const wanted = fileNameOf(name);
  const taken = (path: string) => datastore.directories.has(path) || datastore.files.entries.has(path);
  if (!taken(wanted)) return wanted;
  let n = 1;
  while (taken(`${wanted}_${n}`)) n++;
  return `${wanted}_${n}`;
}

/**
 * A directory is there as long as its machine is, or a disk file in it, or it is a user's. How many disk files are in one is kept
 * beside the counts of references (`layers.ts`), and as with those, only where it is not one: a fork's directory has one.
 */
const keyOf = (datastore: number, directory: string) => `${datastore}/${directory}/`;

export const filesIn = (tx: Draft, datastore: number, directory: string): number =>
  tx.bases.get(keyOf(datastore, directory)) ?? (record(tx, "Datastore", datastore).directories.has(directory) ? 1 : 0);

/** Says how many disk files are in a directory. */
export function setFilesIn(tx: Draft, datastore: number, directory: string, files: number): void {
  const key = keyOf(datastore, directory);
  if (files !== 1) tx.bases.set(key, files);
  else tx.bases.delete(key);
}

/** Makes a directory, still empty, for a machine. */
export function makeDirectory(tx: Draft, datastore: number, name: string, machine: number): string {
  const store = record(tx, "Datastore", datastore);
  const directory = freeDirectory(store, name);
  tx.put({ ...store, directories: store.directories.set(directory, machine) });
  setFilesIn(tx, datastore, directory, 0);
  return directory;
}

/** A disk file was made. */
export function fileMade(tx: Draft, datastore: number, path: string): void {
  const directory = directoryOf(path);
  setFilesIn(tx, datastore, directory, filesIn(tx, datastore, directory) + 1);
  const { directories } = record(tx, "Datastore", datastore);
  if (!directories.has(directory))
    tx.change("Datastore", datastore, () => ({ directories: directories.set(directory, 0) }));
}

/** A disk file is gone. */
export function fileGone(tx: Draft, datastore: number, path: string): void {
  const directory = directoryOf(path);
  setFilesIn(tx, datastore, directory, filesIn(tx, datastore, directory) - 1);
  dropDirectory(tx, datastore, directory);
}

/** A directory goes when nothing is in it any more: neither disk files nor the configuration of a machine, nor a user's files. */
export function dropDirectory(tx: Draft, datastore: number, directory: string): void {
  if (filesIn(tx, datastore, directory) > 0) return;
  const { directories, files } = record(tx, "Datastore", datastore);
  const owner = directories.get(directory);
  if (owner === undefined) return;
  const machine = tx.object(owner);
  const home = machine?.kind === "VirtualMachine" && machine.datastore === datastore && machine.directory === directory;
  if (home || tx.unregistered.has(`${datastore}/${directory}`)) return;
  tx.bases.delete(keyOf(datastore, directory));
  // A directory that was a machine's goes with it; one that a user has made for his disks stays.
  const node = owner === 0 || directory === "" ? undefined : nodeAt(files, directory);
  const empty = node?.kind === "folder" && node.entries.size === 0;
  tx.change("Datastore", datastore, () => ({
    directories: directories.delete(directory),
    files: empty ? withNode(files, directory, undefined, tx.now) : files,
  }));
}
