import { notSupported } from "../../faults.ts";
import type { Draft } from "../../state/draft.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";

/** What a guest's filesystem knows of a file. Times are milliseconds since the epoch, in whole seconds. */
export interface GuestStat {
  readonly type: "file" | "directory" | "symlink" | "other";
  /** Bytes; of a symbolic link, those of its target. */
  readonly size: number;
  /** The permission bits: `0o7777` and below. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** How many names it has. */
  readonly links: number;
  readonly inode: number;
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
}

export interface WriteOptions {
  /** Permission bits of a file that is made; one that exists keeps its own. Default: `0o644`. */
  readonly mode?: number;
  /** Owner and group of a file that is made. Default: root's, 0. */
  readonly uid?: number;
  readonly gid?: number;
  /** Adds to what is there. */
  readonly append?: boolean;
  /** Fails with EEXIST where there is a file already. */
  readonly exclusive?: boolean;
}

/**
 * The files of one guest for as long as a piece of work lasts. Everything is synchronous and done as root. Paths are absolute;
 * symbolic links are followed, but for the last name in `linkStat`, `readLink`, `remove`, `rename`, `link` and where something is
 * made. Whatever fails throws a GuestFileError and has changed nothing.
 */
export interface GuestFiles {
  stat(path: string): GuestStat;
  linkStat(path: string): GuestStat;
  exists(path: string): boolean;
  /** The names in a directory, sorted, without `.` and `..`. */
  readDirectory(path: string): readonly string[];
  readFile(path: string): Uint8Array;
  /** Fewer bytes than asked for, or none, where the file ends before. */
  read(path: string, offset: number, length: number): Uint8Array;
  readLink(path: string): string;
  /** The same file's path without symbolic links, `.` and `..`. */
  realPath(path: string): string;
  /** Replaces what is in a file, or makes the file. */
  writeFile(path: string, bytes: Uint8Array, options?: WriteOptions): void;
  makeDirectory(path: string, options?: { readonly recursive?: boolean; readonly mode?: number }): void;
  /** A file, a link or a directory; a directory that is not empty only with `recursive`. */
  remove(path: string, options?: { readonly recursive?: boolean }): void;
  /** Takes the place of what is there, as rename(2) does. */
  rename(from: string, to: string): void;
  symlink(target: string, path: string): void;
  link(existing: string, path: string): void;
  setMode(path: string, mode: number): void;
  setOwner(path: string, uid: number, gid: number): void;
  /** Milliseconds since the epoch; the filesystem keeps whole seconds. */
  setTimes(path: string, accessed: number, modified: number): void;
  /** Cuts a file off, or adds zeros that take no room. */
  truncate(path: string, size: number): void;
}

/**
 * Why nothing could be done with a guest's file. The code is the one of Linux: ENOENT, EEXIST, ENOTDIR, EISDIR, ENOTEMPTY, ENOSPC,
 * EINVAL, ELOOP, ENAMETOOLONG, EFBIG, EROFS, EPERM, EMLINK; also EMEDIUMTYPE: there is no ext4 on the machine's first disk, ENXIO:
 * it has no disk, EUCLEAN: its filesystem is damaged.
 */
export class GuestFileError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(code: string, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GuestFileError";
    this.code = code;
    this.path = path;
  }
}

/** Does something with the files on a machine's first disk and changes none: whatever would throws EROFS. */
export function readGuestFiles<T>(_view: View, machine: MachineRecord, _work: (files: GuestFiles) => T): T {
  throw notSupported(`Reading files of '${machine.name}'`);
}

/**
 * Changes files on a machine's first disk within a transaction. Later reads of the disk in the same transaction see the change;
 * the bytes are written when all of the transaction has gone well. Throws NoDiskSpace when the datastore has no room for them.
 */
export function changeGuestFiles<T>(_tx: Draft, id: number, _work: (files: GuestFiles) => T): T {
  throw notSupported(`Changing files of 'vm-${id}'`);
}
