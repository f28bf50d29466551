import { fault } from "../faults.ts";
import type { Doer } from "../machine/create.ts";
import type { Draft } from "../state/draft.ts";
import { record } from "../state/view.ts";
import { isWithin } from "../storage/path.ts";
import { announce } from "./announce.ts";
import { findFile, isRegistered, machineIn, type StoredFile } from "./catalogue.ts";
import { inInventory, locked, requireFree, requireNoDrive } from "./in-use.ts";
import { dropLoose, forgetMachine, looseBelow, unregisteredBelow } from "./loose.ts";
import { type FilePlace, fileNotFound } from "./place.ts";
import { dropNode } from "./user-file.ts";

/**
 * Deletes a file, or a directory with all that is in it; `file` refuses directories. A disk goes with its blocks. Throws
 * FileNotFound, FileLocked, CannotDeleteFile; then all is as it was.
 */
export function deleteFile(tx: Draft, by: Doer, place: FilePlace, what: "file" | "any"): void {
  const { store, path, text } = place;
  if (path === "") throw cannotDelete(text, "it is the datastore itself");
  const file = findFile(tx, store, path);
  if (!file) throw fileNotFound(text);
  if (file.type !== "folder") deleteOne(tx, place, file);
  else if (what === "file") throw fault("NotAFile", { file: text }, `${text} is a directory.`);
  else deleteFolder(tx, place);
  announce(tx, by, "DatastoreFileDeletedEvent", place);
}

function deleteOne(tx: Draft, place: FilePlace, file: StoredFile): void {
  const { store, path, text } = place;
  const { machine, disk } = file;
  if (file.node) {
    requireFree(tx, place, file);
    dropNode(tx, store.id, path);
    return;
  }
  if (machine && isRegistered(tx, machine) && machine.power !== "poweredOn")
    throw cannotDelete(text, inInventory(machine));
  requireFree(tx, place, file);
  if (disk) {
    if (file.type !== "diskDescriptor") throw cannotDelete(text, "it is part of a disk. Delete the disk");
    if (machine)
      throw cannotDelete(text, `it belongs to '${machine.name}'. Delete its directory, or its configuration`);
    dropLoose(tx, disk.disk);
  } else if (machine && file.type === "config") forgetMachine(tx, machine);
  else
    throw cannotDelete(
      text,
      `it belongs to '${machine?.name ?? "a machine"}'. Delete its directory, or its configuration`,
    );
}

const cannotDelete = (text: string, why: string) =>
  fault("CannotDeleteFile", { file: text }, `Cannot delete file ${text}: ${why}.`);

/** Disks that others are based on, and machines in the inventory, keep their directories and all those above. */
function deleteFolder(tx: Draft, place: FilePlace): void {
  const { store, path, text } = place;
  requireNoMachine(tx, place);
  requireNoDrive(tx, store.name, path, true);
  for (const machine of unregisteredBelow(tx, store.id, path))
    for (const disk of forgetMachine(tx, machine)) dropLoose(tx, disk);
  for (const disk of looseBelow(tx, store.id, path)) dropLoose(tx, disk);
  dropNode(tx, store.id, path);
  for (const [directory] of record(tx, "Datastore", store.id).directories.entries())
    if (isWithin(directory, path)) throw locked(text, "other disks are based on one in it");
}

/** Throws FileLocked when a machine in the inventory has its configuration at or below a place. */
export function requireNoMachine(tx: Draft, { store, path, text }: FilePlace): void {
  for (const directory of store.directories.keys()) {
    if (!isWithin(directory, path)) continue;
    const machine = machineIn(tx, store, directory);
    if (machine && isRegistered(tx, machine)) throw locked(text, inInventory(machine));
  }
}
