import type { Doer } from "../machine/create.ts";
import type { Draft } from "../state/draft.ts";
import { emptyFolder } from "../state/file-record.ts";
import { record } from "../state/view.ts";
import { directoryOf, formatPath } from "../storage/path.ts";
import { nodeAt } from "../storage/tree.ts";
import { announce } from "./announce.ts";
import { filesIn, isRegistered, machineIn, type StoredFile } from "./catalogue.ts";
import { copyMachine } from "./copy-machine.ts";
import { inInventory, locked } from "./in-use.ts";
import type { FilePlace } from "./place.ts";
import { clearTarget, sourceAt } from "./target.ts";
import { newFile, setNode } from "./user-file.ts";
import { copyDisk } from "./virtual-disk.ts";

/**
 * Copies a file, or a directory with all that is in it. A disk is copied as a whole: the copy shares its blocks with nobody. A
 * directory of a machine becomes that of another, which can be registered. Throws FileNotFound, FileAlreadyExists, FileLocked,
 * NoDiskSpace.
 */
export function copyFile(tx: Draft, by: Doer, from: FilePlace, to: FilePlace, force: boolean): void {
  const file = sourceAt(tx, from);
  clearTarget(tx, by, to, force, from);
  copyAt(tx, from, to, file);
  announce(tx, by, "DatastoreFileCopiedEvent", to, from);
}

/** Copies what is at a place to another, where nothing is. */
export function copyAt(tx: Draft, from: FilePlace, to: FilePlace, file: StoredFile): void {
  if (file.type === "folder") copyFolder(tx, from, to);
  else if (file.disk && file.type === "diskDescriptor") copyDisk(tx, from, to, file);
  else if (file.type === "swap") throw locked(from.text, "its machine is powered on");
  else newFile(tx, to.store.id, to.path, file.content, file.owner);
}

function copyFolder(tx: Draft, from: FilePlace, to: FilePlace): void {
  const machine = machineIn(tx, from.store, from.path);
  if (machine?.power === "poweredOn" && isRegistered(tx, machine)) throw locked(from.text, inInventory(machine));
  const files = filesIn(tx, from.store, from.path);
  // What lies deeper than the top is known to the users' tree, also where it is a machine's.
  const node = nodeAt(from.store.files, from.path);
  if (!machine || node || directoryOf(to.path) !== "")
    setNode(tx, to.store.id, to.path, emptyFolder(tx.now, node?.owner));
  if (machine) copyMachine(tx, machine, to);
  for (const file of files) {
    // Disks of the machine and its configuration went with it; blocks go with their disk.
    if (machine && file.machine?.id === machine.id) continue;
    if (file.disk && file.type !== "diskDescriptor") continue;
    const name = file.path.slice(from.path.length);
    const path = `${to.path}${name}`;
    const store = record(tx, "Datastore", to.store.id);
    copyAt(tx, child(from, file.path), { store, path, text: formatPath(store.name, path) }, file);
  }
}

const child = ({ store }: FilePlace, path: string): FilePlace => ({ store, path, text: formatPath(store.name, path) });
