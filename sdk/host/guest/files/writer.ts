import { readAt, withFile, writeAt } from "./contents.ts";
import type { WriteOptions } from "./guest-files.ts";
import { type Attributes, changeInode, type Inode } from "./inode.ts";
import type { Found, Lookup } from "./lookup.ts";
import { open } from "./open-flags.ts";
import { split } from "./path.ts";
import { fileError, type Volume } from "./volume.ts";

/** What a file is cut to is held in memory meanwhile. */
const mostKept = 2 ** 30;
const pieceBytes = 64 * 1024;
const mostId = 2 ** 32 - 2;
/** Owners up to this number the library can set by itself. */
const mostShortId = 0xffff;

type Existing = Found & { readonly inode: Inode };

/** Changes of single files. */
export class Writer {
  readonly #volume: Volume;
  readonly #lookup: Lookup;
  readonly #now: number;

  constructor(volume: Volume, lookup: Lookup, now: number) {
    this.#volume = volume;
    this.#lookup = lookup;
    this.#now = now;
  }

  write({ path, inode }: Found, given: Uint8Array, { mode = 0o644, uid = 0, gid = 0, append }: WriteOptions): void {
    if (!isMode(mode) || !isId(uid) || !isId(gid)) throw fileError("EINVAL", path);
    const from = append && inode ? inode.size : 0;
    if (from + given.length > this.#largest) throw fileError("EFBIG", path);
    const bytes = given.slice();
    const short = uid <= mostShortId && gid <= mostShortId;
    const flags = open.write | open.create | open.noFollow | (append ? 0 : open.truncate);
    this.#volume.change(
      path,
      (library, filesystem) => {
        withFile(
          library,
          filesystem,
          path,
          flags,
          (file) => {
            if (!inode && short && (uid !== 0 || gid !== 0)) library.call("node_ext2fs_chown", file, uid, gid);
            writeAt(library, file, from, bytes);
          },
          mode,
        );
        if (!inode) touchDirectory(library, filesystem, path);
      },
      bytes.length,
    );
    if (inode || short) return;
    const made = this.#lookup.inode(path);
    if (made) this.#change({ path, inode: made }, { uid, gid });
  }

  truncate({ path, inode }: Existing, size: number): void {
    if (!Number.isSafeInteger(size) || size < 0) throw fileError("EINVAL", path);
    if (size > this.#largest) throw fileError("EFBIG", path);
    if (size < inode.size) this.#cut(path, size);
    // What is added has no blocks: it reads as zeros.
    const changed = { modified: this.#now, changed: this.#now };
    this.#change({ path, inode }, { size, ...changed });
  }

  setMode(found: Existing, mode: number): void {
    if (!isMode(mode)) throw fileError("EINVAL", found.path);
    this.#change(found, { mode, changed: this.#now });
  }

  setOwner(found: Existing, uid: number, gid: number): void {
    if (!isId(uid) || !isId(gid)) throw fileError("EINVAL", found.path);
    this.#change(found, { uid, gid, changed: this.#now });
  }

  setTimes(found: Existing, accessed: number, modified: number): void {
    if (!isTime(accessed) || !isTime(modified)) throw fileError("EINVAL", found.path);
    this.#change(found, { accessed, modified, changed: this.#now });
  }

  /** The blocks that a file without extents can have: 12, and those in three levels of blocks of 32-bit numbers. */
  get #largest(): number {
    const { blockSize } = this.#volume.superblock;
    const numbers = blockSize / 4;
    return (12 + numbers + numbers ** 2 + numbers ** 3) * blockSize;
  }

  #change({ path, inode }: Existing, changes: Partial<Attributes>): void {
    this.#volume.edit(path, (disk) => changeInode(disk, this.#volume.superblock, inode.inode, changes));
  }

  /** The library can cut a file to nothing only, so that what stays is written again; blocks of zeros are left out. */
  #cut(path: string, size: number): void {
    if (size > mostKept) throw fileError("EFBIG", path);
    this.#volume.change(path, (library, filesystem) => {
      const kept: [position: number, bytes: Uint8Array][] = [];
      withFile(library, filesystem, path, open.noFollow, (file) => {
        for (let at = 0; at < size; at += pieceBytes) {
          const piece = new Uint8Array(Math.min(pieceBytes, size - at));
          readAt(library, file, at, piece);
          if (piece.some((byte) => byte !== 0)) kept.push([at, piece]);
        }
      });
      withFile(library, filesystem, path, open.write | open.create | open.truncate | open.noFollow, (file) => {
        for (const [position, bytes] of kept) writeAt(library, file, position, bytes);
      });
    });
  }
}

/** A name was added to the directory of a path: the library does not set its time where it makes files and directories. */
export function touchDirectory(library: Parameters<typeof writeAt>[0], filesystem: number, path: string): void {
  withFile(library, filesystem, split(path).directory, open.write | open.noFollow, (file) =>
    writeAt(library, file, 0, new Uint8Array(0)),
  );
}

export const isMode = (mode: number): boolean => Number.isInteger(mode) && mode >= 0 && mode <= 0o7777;
const isId = (id: number): boolean => Number.isInteger(id) && id >= 0 && id <= mostId;
/** From 1901 to 2446, as far as ext4 counts. */
const isTime = (time: number): boolean => time >= -(2 ** 31) * 1000 && time < (2 ** 34 - 2 ** 31) * 1000;
