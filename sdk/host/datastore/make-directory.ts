import { fault, invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { emptyFolder } from "../state/file-record.ts";
import { record } from "../state/view.ts";
import { directoryOf } from "../storage/path.ts";
import { nodeAt } from "../storage/tree.ts";
import { findFile, hasDirectory } from "./catalogue.ts";
import type { FilePlace } from "./place.ts";
import { exists, requireDirectory, sourceAt } from "./target.ts";
import { setNode } from "./user-file.ts";

/** Makes a directory, with those above it if asked for. Throws FileAlreadyExists, FileNotFound, NotADirectory. */
export function makeFolder(tx: Draft, { store, path, text }: FilePlace, parents: boolean): void {
  if (path === "") throw exists(text, "it is the datastore itself");
  if (findFile(tx, store, path)) throw exists(text, "choose another name");
  if (parents) {
    let at = directoryOf(path);
    // The nearest directory that is there must be one.
    while (!hasDirectory(store, at) && !findFile(tx, store, at)) at = directoryOf(at);
    if (!hasDirectory(store, at)) requireDirectory(tx, { store, path: `${at}/x` });
  } else requireDirectory(tx, { store, path });
  setNode(tx, store.id, path, emptyFolder(tx.now));
}

/** Gives a user's file or directory another owner, as NFS knows them. Throws FileNotFound, UserNotFound. */
export function changeOwner(tx: Draft, place: FilePlace, owner: string, known: (name: string) => boolean): void {
  const { store, path, text } = place;
  const file = sourceAt(tx, place, "name");
  if (!known(owner))
    throw fault("UserNotFound", { principal: owner, unresolved: true }, `There is no user '${owner.slice(0, 100)}'.`);
  const node = nodeAt(record(tx, "Datastore", store.id).files, path);
  if (!node)
    throw invalidArgument("name", `${text} belongs to ${file.machine ? `'${file.machine.name}'` : "a machine"}.`);
  setNode(tx, store.id, path, { ...node, owner });
}
