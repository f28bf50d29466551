import { PersistentIndex } from "../cow/persistent-index.ts";

/**
 * What users have put on a datastore: directories, and files that belong to no machine. Files of machines are not in here: they
 * follow from the machines' records, so that a million forks keep nothing but those.
 */
export type FileNode = FolderNode | UserFile;

export interface FolderNode {
  readonly kind: "folder";
  readonly entries: PersistentIndex<FileNode>;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly owner: string;
}

/** A file with bytes of its own. */
export interface UserFile {
  readonly kind: "file";
  /** The address space that holds them; 0 for an empty file. */
  readonly space: number;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly owner: string;
}

/** A directory with nothing in it. */
export const emptyFolder = (modified: number, owner = "root"): FolderNode =>
  Object.freeze({ kind: "folder", entries: PersistentIndex.empty<FileNode>(), modified, owner });
