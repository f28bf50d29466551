import type { DiskBuffer } from "./disk-buffer.ts";
import { errorCode, errorText } from "./errno.ts";
import { Ext2Library, LibraryError } from "./ext2-library.ts";
import { GuestFileError } from "./guest-file-error.ts";
import { readSuperblock, type Superblock } from "./superblock.ts";

/** What is done with a mounted filesystem: it is known to the library by an address. */
export type Work<T> = (library: Ext2Library, filesystem: number) => T;

/** Instances at rest. One is enough, unless work with one machine's files has work with another's in it. */
const idle: Ext2Library[] = [];

/** Changes are settled when so many of them, or so many bytes, would have to be made again. */
const most = { changes: 256, bytes: 4 * 2 ** 20 };

/**
 * The filesystem of a disk. It is mounted when it is first needed. A change is made as a whole or not at all: when the library fails
 * in the middle, what it did is thrown away with all since the filesystem was last unmounted, and what had gone well is done again.
 */
export class Volume {
  readonly superblock: Superblock;
  /** Counts how often a change was undone: what was found out on the way may be wrong then. */
  undone = 0;
  readonly #disk: DiskBuffer;
  readonly #seconds: number;
  readonly #writable: boolean;
  #library: Ext2Library | undefined;
  #filesystem = 0;
  #changes: Work<unknown>[] = [];
  #bytes = 0;
  /** Work that has other work in it counts as one. */
  #depth = 0;
  /** Why nothing can be done any more: changes that had gone well were lost. */
  #broken: unknown;

  /** Throws a GuestFileError where there is no filesystem that can be read. */
  constructor(disk: DiskBuffer, now: number, writable: boolean) {
    const superblock = readSuperblock(disk, disk.size);
    if (typeof superblock === "string")
      throw new GuestFileError(
        "EMEDIUMTYPE",
        "/",
        `There is no ext4 filesystem at the start of the disk: ${superblock}.`,
      );
    this.superblock = superblock;
    this.#disk = disk;
    // The library counts seconds in 31 bits: clocks that are further on stop there.
    this.#seconds = Math.min(Math.max(Math.floor(now / 1000), 0), 2 ** 31 - 1);
    this.#writable = writable;
  }

  read<T>(path: string, work: Work<T>): T {
    try {
      return this.#do(work);
    } catch (error) {
      if (!(error instanceof LibraryError || error instanceof GuestFileError)) this.#again(true);
      throw failure(error, path);
    }
  }

  /** `bytes` is how much memory it takes to keep the change until it is settled. */
  change<T>(path: string, work: Work<T>, bytes = 0): T {
    this.#requireWritable(path);
    if (this.#changes.length >= most.changes || this.#bytes >= most.bytes) this.settle();
    try {
      const result = this.#do(work);
      this.#changes.push(work);
      this.#bytes += bytes;
      return result;
    } catch (error) {
      this.undone++;
      try {
        this.#again(!(error instanceof LibraryError || error instanceof GuestFileError));
      } finally {
        this.undone++;
      }
      throw failure(error, path);
    }
  }

  /** Changes bytes of the disk that the library is not to know of: it is unmounted meanwhile. */
  edit(path: string, work: (disk: DiskBuffer) => void): void {
    this.#requireWritable(path);
    this.settle();
    work(this.#disk);
    this.#disk.settle();
  }

  /** Unmounts, so that all changes are bytes of the disk. */
  settle(): void {
    if (this.#broken !== undefined) throw this.#broken;
    const library = this.#library;
    if (!library) return;
    try {
      library.call("node_ext2fs_umount", this.#filesystem);
    } catch (error) {
      this.#break(error);
    }
    this.#rest(library);
    if (this.#writable) this.#disk.settle();
    this.#changes = [];
    this.#bytes = 0;
  }

  /** Forgets all that is not settled. */
  abandon(): void {
    const library = this.#library;
    if (!library) return;
    // What it would still write goes nowhere.
    library.device = undefined;
    try {
      library.call("node_ext2fs_umount", this.#filesystem);
      this.#rest(library);
    } catch {
      this.#library = undefined;
    }
    this.#disk.takeBack();
  }

  #do<T>(work: Work<T>): T {
    const [library, filesystem] = this.#mounted();
    if (this.#depth === 0) library.blocks = 0;
    this.#depth++;
    try {
      return work(library, filesystem);
    } finally {
      this.#depth--;
    }
  }

  #break(error: unknown): never {
    this.#library = undefined;
    this.#disk.takeBack();
    this.#broken = failure(error, "/");
    throw this.#broken;
  }

  #mounted(): [library: Ext2Library, filesystem: number] {
    if (this.#broken !== undefined) throw this.#broken;
    if (this.#library) return [this.#library, this.#filesystem];
    const library = idle.pop() ?? new Ext2Library();
    library.device = this.#writable ? this.#disk : readOnly(this.#disk);
    library.now = this.#seconds;
    library.blocks = 0;
    const filesystem = library.call("node_ext2fs_mount", 1);
    this.#library = library;
    this.#filesystem = filesystem;
    return [library, filesystem];
  }

  /** Makes again what had been made since the last time it was settled. */
  #again(broken: boolean): void {
    const changes = this.#changes;
    if (broken) {
      this.#library = undefined;
      this.#disk.takeBack();
    } else this.abandon();
    if (changes.length === 0) return;
    try {
      for (const change of changes) this.#do(change);
    } catch (error) {
      this.#break(error);
    }
    this.settle();
  }

  #rest(library: Ext2Library): void {
    library.device = undefined;
    this.#library = undefined;
    if (library.small && idle.length < 4) idle.push(library);
  }

  #requireWritable(path: string): void {
    const why = this.superblock.readOnly;
    if (!this.#writable) throw new GuestFileError("EROFS", path, `'${path}' cannot be changed: ${errorText("EROFS")}.`);
    if (why !== undefined)
      throw new GuestFileError(
        "EROFS",
        path,
        `'${path}' cannot be changed: the filesystem can only be read, as ${why}.`,
      );
  }
}

const readOnly = (disk: DiskBuffer) => ({
  read: (offset: number, target: Uint8Array) => disk.read(offset, target),
  write: () => {},
});

/** What a caller hears: a GuestFileError whatever the library came to grief on. */
function failure(error: unknown, path: string): unknown {
  if (error instanceof GuestFileError) return error;
  const code =
    error instanceof LibraryError ? errorCode(error.number) : error instanceof RangeError ? "ENOMEM" : "EUCLEAN";
  return fileError(code, path, error);
}

export function fileError(code: string, path: string, cause?: unknown): GuestFileError {
  return new GuestFileError(
    code,
    path,
    `'${path}': ${errorText(code)} (${code}).`,
    cause === undefined ? undefined : { cause },
  );
}
