import { fault, invalidArgument } from "../faults.ts";
import type { Doer } from "../machine/create.ts";
import type { Draft } from "../state/draft.ts";
import { record, type View } from "../state/view.ts";
import { directoryOf, formatPath, isWithin } from "../storage/path.ts";
import { nodeAt } from "../storage/tree.ts";
import { findFile, hasDirectory, type StoredFile } from "./catalogue.ts";
import { deleteFile } from "./delete.ts";
import { type FilePlace, fileNotFound } from "./place.ts";

/** The source of a copy or a move: it must be there, and not be the datastore itself. */
export function sourceAt(view: View, source: FilePlace, argument = "sourceName"): StoredFile {
  if (source.path === "") throw invalidArgument(argument, `${source.text} is a datastore, not a file.`);
  const found = findFile(view, source.store, source.path);
  if (!found) throw fileNotFound(source.text);
  return found;
}

/**
 * Makes sure that something may be put at a place: the directory is there and nothing else is, or it is a file and may be replaced.
 * Throws FileNotFound, NotADirectory or FileAlreadyExists.
 */
export function clearTarget(tx: Draft, by: Doer, place: FilePlace, force: boolean, from?: FilePlace): void {
  const { store, path, text } = place;
  if (path === "") throw exists(text, "it is the datastore itself");
  if (from && from.store.id === store.id && isWithin(path, from.path))
    throw invalidArgument(
      "destinationName",
      `${text} is ${from.path === path ? "the source itself" : "within the source"}.`,
    );
  requireDirectory(tx, place);
  const there = findFile(tx, store, path);
  if (!there) return;
  if (there.type === "folder") throw exists(text, "it is a directory, which is not replaced");
  if (!force) throw exists(text, "ask for it to be replaced (force), or choose another name");
  deleteFile(tx, by, place, "file");
}

/** Throws FileNotFound or NotADirectory unless the directory that something goes to is there. */
export function requireDirectory(view: View, { store, path }: Pick<FilePlace, "store" | "path">): void {
  const directory = directoryOf(path);
  const now = record(view, "Datastore", store.id);
  if (hasDirectory(now, directory)) return;
  const text = formatPath(store.name, directory);
  if (nodeAt(now.files, directory) ?? findFile(view, now, directory))
    throw fault("NotADirectory", { file: text }, `${text} is a file, not a directory.`);
  throw fileNotFound(text);
}

export const exists = (text: string, why: string) =>
  fault("FileAlreadyExists", { file: text }, `${text} exists already: ${why}.`);
