import { readSpace, writeDiskLater } from "../../machine/bytes.ts";
import type { Draft } from "../../state/draft.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { record, type View } from "../../state/view.ts";
import { DiskBuffer } from "./disk-buffer.ts";
import { GuestFileError } from "./guest-file-error.ts";
import { OpenedFiles } from "./opened-files.ts";
import { Volume } from "./volume.ts";

export { GuestFileError } from "./guest-file-error.ts";

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

/** Does something with the files on a machine's first disk and changes none: whatever would throws EROFS. */
export function readGuestFiles<T>(view: View, machine: MachineRecord, work: (files: GuestFiles) => T): T {
  return withFiles(view, machine, false, work).result;
}

/**
 * Changes files on a machine's first disk within a transaction. Later reads of the disk in the same transaction see the change;
 * the bytes are written when all of the transaction has gone well. What the work throws undoes all of it. Throws NoDiskSpace when
 * the datastore has no room.
 */
export function changeGuestFiles<T>(tx: Draft, id: number, work: (files: GuestFiles) => T): T {
  const { disk, result } = withFiles(tx, record(tx, "VirtualMachine", id), true, work);
  writeDiskLater(tx, id, undefined, disk.pages());
  return result;
}

/** The files of a guest as they are now, for work that takes many turns; what it changes is in `pages` until somebody keeps it. */
export interface OpenGuestFiles {
  readonly files: GuestFiles;
  /** The pages of the disk that were changed, for `keepGuestPages`. */
  pages(): Iterable<readonly [page: number, bytes: Uint8Array]>;
  close(): void;
}

/**
 * Opens a guest's files. The disk must not change until they are closed: whoever opens them has to see to it, and to close them.
 */
export function openGuestFiles(view: View, machine: MachineRecord): OpenGuestFiles {
  const { disk, volume, files } = opened(view, machine, true);
  return {
    files,
    pages() {
      volume.settle();
      return disk.pages();
    },
    close() {
      files.close();
      volume.abandon();
    },
  };
}

/** Writes what was changed in files that were open, when the transaction has gone well. Throws NoDiskSpace. */
export function keepGuestPages(
  tx: Draft,
  id: number,
  pages: Iterable<readonly [page: number, bytes: Uint8Array]>,
): void {
  writeDiskLater(tx, id, undefined, pages);
}

function withFiles<T>(view: View, machine: MachineRecord, writable: boolean, work: (files: GuestFiles) => T) {
  const { disk, volume, files } = opened(view, machine, writable);
  try {
    const result = work(files);
    if (writable) volume.settle();
    return { disk, result };
  } finally {
    files.close();
    volume.abandon();
  }
}

function opened(view: View, machine: MachineRecord, writable: boolean) {
  const space = machine.disks[0]?.space;
  if (space === undefined)
    throw new GuestFileError("ENXIO", "/", `'${machine.name}' has no disk, and so its guest has no files.`);
  const disk = new DiskBuffer(view.pages.figures(space).size, (offset, target) =>
    readSpace(view, space, offset, target),
  );
  const volume = new Volume(disk, view.now, writable);
  return { disk, volume, files: new OpenedFiles(volume, disk, view.now) };
}
