import { readAt, withFile } from "./contents.ts";
import { type Entry, entriesOf } from "./directory.ts";
import type { DiskBuffer } from "./disk-buffer.ts";
import { errorCode } from "./errno.ts";
import { LibraryError } from "./ext2-library.ts";
import { type Inode, readInode } from "./inode.ts";
import { open } from "./open-flags.ts";
import { checkText, joined, longestName, mostLinks, namesOf, split, tooLong } from "./path.ts";
import { fileError, type Volume } from "./volume.ts";

/** What a path leads to. Its own path has no links, no `.` and no `..` in it; when it does not exist, its directory does. */
export interface Found {
  readonly path: string;
  readonly inode: Inode | undefined;
}

/** A directory of more bytes is a damaged one: that are 100,000 of the longest names. */
const mostDirectoryBytes = 32 * 2 ** 20;
const mostTargetBytes = 4095;

/**
 * From paths to inodes. The library could follow links by itself, but does not tell what failed on the way, and gives up early: so
 * it is only ever asked for paths that have none.
 */
export class Lookup {
  readonly #volume: Volume;
  readonly #disk: DiskBuffer;
  /** Paths that are known to be directories. */
  readonly #directories = new Set<string>();
  #undone = 0;

  constructor(volume: Volume, disk: DiskBuffer) {
    this.#volume = volume;
    this.#disk = disk;
  }

  /** Names have gone or got another meaning. */
  forget(): void {
    this.#directories.clear();
  }

  /** Follows a path; its last name, too, if that is a link and `follow` says so. */
  find(path: string, follow: boolean): Found {
    const { names, directory } = namesOf(path);
    if (this.#undone !== this.#volume.undone) this.forget();
    this.#undone = this.#volume.undone;
    const left = names.reverse();
    let at = "/";
    let inode: Inode | undefined;
    let links = 0;
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (name === "..") {
        at = split(at).directory;
        inode = undefined;
        continue;
      }
      const next = joined(at, name);
      if (left.length > 0 && this.#directories.has(next)) {
        at = next;
        continue;
      }
      const last = left.length === 0;
      inode = this.inode(next);
      if (inode?.type === "symlink" && (!last || follow || directory)) {
        if (++links > mostLinks) throw fileError("ELOOP", path);
        const target = this.target(next, inode);
        if (target.startsWith("/")) at = "/";
        left.push(...partsOf(target, path).reverse());
        inode = undefined;
        continue;
      }
      if (!last && inode === undefined) throw fileError("ENOENT", path);
      if (inode !== undefined && inode.type !== "directory" && (!last || directory)) throw fileError("ENOTDIR", path);
      if (inode?.type === "directory") this.#directories.add(next);
      else if (last) return { path: next, inode };
      at = next;
    }
    inode ??= this.inode(at);
    if (inode === undefined) throw fileError("EUCLEAN", path);
    return { path: at, inode };
  }

  /** The inode of a path without links, if there is one. */
  inode(path: string): Inode | undefined {
    const number = this.#volume.read(path, (library, filesystem) => {
      try {
        return withFile(library, filesystem, path, open.noFollow, (file) => library.call("node_ext2fs_stat_ino", file));
      } catch (error) {
        if (error instanceof LibraryError && errorCode(error.number) === "ENOENT") return 0;
        throw error;
      }
    });
    if (number !== 0) {
      const inode = readInode(this.#disk, this.#volume.superblock, number);
      if (inode === undefined || inode.links === 0) throw fileError("EUCLEAN", path);
      return inode;
    }
    // The library says so as well of a directory that it cannot read.
    const { directory, name } = split(path);
    const above = name === "" ? undefined : this.inode(directory);
    if (above === undefined || this.entries(directory, above).some((entry) => entry.name === name))
      throw fileError("EUCLEAN", path);
    return undefined;
  }

  /** The names in a directory, without `.` and `..`. */
  entries(path: string, { inode, size, generation, type }: Inode): Entry[] {
    if (type !== "directory") throw fileError("ENOTDIR", path);
    if (size > mostDirectoryBytes) throw fileError("EUCLEAN", path);
    const bytes = new Uint8Array(size);
    this.#volume.read(path, (library, filesystem) =>
      withFile(library, filesystem, path, open.noFollow, (file) => readAt(library, file, 0, bytes)),
    );
    const entries = entriesOf(bytes, this.#volume.superblock, inode, generation);
    if (entries === undefined) throw fileError("EUCLEAN", path);
    return entries;
  }

  /** Where a symbolic link points to. */
  target(path: string, { size }: Inode): string {
    if (size === 0 || size > mostTargetBytes) throw fileError("EUCLEAN", path);
    return this.#volume.read(path, (library, filesystem) => {
      library.callWith([path], (at) => library.call("node_ext2fs_readlink", filesystem, at, 0));
      return library.text.subarray(0, size).toString();
    });
  }
}

function partsOf(target: string, path: string): string[] {
  checkText(target, path);
  const names = target.split("/").filter((name) => name !== "" && name !== ".");
  for (const name of names) if (Buffer.byteLength(name) > longestName) throw tooLong(path);
  return names;
}
