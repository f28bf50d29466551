import { readAt, withFile } from "./contents.ts";
import type { DiskBuffer } from "./disk-buffer.ts";
import type { GuestFiles, GuestStat, WriteOptions } from "./guest-files.ts";
import type { Inode } from "./inode.ts";
import { type Found, Lookup } from "./lookup.ts";
import { open } from "./open-flags.ts";
import { namesOf } from "./path.ts";
import { Trees } from "./trees.ts";
import { fileError, type Volume } from "./volume.ts";
import { Writer } from "./writer.ts";

/** More than a file of this size is not read at once: a few bytes of a disk can claim any size. */
const mostRead = 2 ** 30;

/** The files of a mounted filesystem, until they are closed. */
export class OpenedFiles implements GuestFiles {
  readonly #volume: Volume;
  readonly #lookup: Lookup;
  readonly #writer: Writer;
  readonly #trees: Trees;
  #closed = false;

  constructor(volume: Volume, disk: DiskBuffer, now: number) {
    this.#volume = volume;
    this.#lookup = new Lookup(volume, disk);
    this.#writer = new Writer(volume, this.#lookup, now);
    this.#trees = new Trees(volume, this.#lookup);
  }

  close(): void {
    this.#closed = true;
  }

  stat(path: string): GuestStat {
    return statOf(this.#existing(path, true).inode);
  }
  linkStat(path: string): GuestStat {
    return statOf(this.#existing(path, false).inode);
  }
  exists(path: string): boolean {
    try {
      return this.#find(path, true).inode !== undefined;
    } catch (error) {
      if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR", "ELOOP"].includes(String(error.code)))
        return false;
      throw error;
    }
  }
  readDirectory(path: string): readonly string[] {
    const found = this.#existing(path, true);
    return this.#lookup
      .entries(found.path, found.inode)
      .map(({ name }) => name)
      .sort();
  }
  readFile(path: string): Uint8Array {
    return this.read(path, 0, Number.POSITIVE_INFINITY);
  }
  read(path: string, offset: number, length: number): Uint8Array {
    const found = this.#file(path);
    if (!(offset >= 0 && length >= 0)) throw fileError("EINVAL", path);
    const bytes = Math.max(0, Math.min(length, found.inode.size - offset));
    if (bytes > mostRead) throw fileError("EFBIG", path);
    const target = new Uint8Array(bytes);
    if (bytes === 0) return target;
    const got = this.#volume.read(path, (library, filesystem) =>
      withFile(library, filesystem, found.path, open.noFollow, (file) => readAt(library, file, offset, target)),
    );
    return got === bytes ? target : target.slice(0, got);
  }
  readLink(path: string): string {
    const found = this.#existing(path, false);
    if (found.inode.type !== "symlink") throw fileError("EINVAL", path);
    return this.#lookup.target(found.path, found.inode);
  }
  realPath(path: string): string {
    return this.#existing(path, true).path;
  }

  writeFile(path: string, bytes: Uint8Array, options: WriteOptions = {}): void {
    const found = this.#find(path, options.exclusive !== true);
    if (found.inode) {
      if (options.exclusive) throw fileError("EEXIST", path);
      requireFile(path, found.inode);
    } else if (namesOf(path).directory) throw fileError("EISDIR", path);
    this.#writer.write(found, bytes, options);
  }
  truncate(path: string, size: number): void {
    this.#writer.truncate(this.#file(path), size);
  }
  setMode(path: string, mode: number): void {
    this.#writer.setMode(this.#existing(path, true), mode);
  }
  setOwner(path: string, uid: number, gid: number): void {
    this.#writer.setOwner(this.#existing(path, true), uid, gid);
  }
  setTimes(path: string, accessed: number, modified: number): void {
    this.#writer.setTimes(this.#existing(path, true), accessed, modified);
  }

  makeDirectory(path: string, { recursive = false, mode = 0o755 } = {}): void {
    this.#check();
    this.#trees.makeDirectory(path, recursive, mode);
  }
  remove(path: string, { recursive = false } = {}): void {
    this.#trees.remove(this.#existing(path, false), recursive);
  }
  rename(from: string, to: string): void {
    this.#trees.rename(this.#existing(from, false), this.#find(to, false), to);
  }
  symlink(target: string, path: string): void {
    this.#trees.symlink(target, this.#find(path, false), path);
  }
  link(existing: string, path: string): void {
    this.#trees.link(this.#existing(existing, false), this.#find(path, false), path);
  }

  #check(): void {
    if (this.#closed)
      throw new Error("The files of a guest can be used only by the synchronous work that they were given to.");
  }

  #find(path: string, follow: boolean): Found {
    this.#check();
    return this.#lookup.find(path, follow);
  }

  #existing(path: string, follow: boolean): Found & { readonly inode: Inode } {
    const { path: real, inode } = this.#find(path, follow);
    if (!inode) throw fileError("ENOENT", path);
    return { path: real, inode };
  }

  #file(path: string): Found & { readonly inode: Inode } {
    const found = this.#existing(path, true);
    requireFile(path, found.inode);
    return found;
  }
}

function requireFile(path: string, { type }: Inode): void {
  if (type !== "file") throw fileError(type === "directory" ? "EISDIR" : "EINVAL", path);
}

function statOf({ generation: _, ...stat }: Inode): GuestStat {
  return stat;
}
