import type { PageImage } from "../../cow/page-image.ts";
import { PageRanges } from "../../cow/page-ranges.ts";
import { changeInodeBytes } from "../files/inode.ts";
import { linux } from "./generated/linux.ts";
import { type MachineIdentity, machineFiles } from "./machine-files.ts";
import { packedPage } from "./packed-pages.ts";

const pageBytes = 4096;
const inodeBytes = 256;
const ranges = new PageRanges(linux.ranges);
const superblock = { checksums: true, checksumSeed: linux.checksumSeed };

/** The size of the filesystem: a disk that is to hold it must have as many bytes. */
export const linuxBytes = linux.bytes;
/** What it takes of a datastore. */
export const linuxPages = ranges.total;

/**
 * A disk with a small Linux on it: an ext4 filesystem, the same for all machines but for the files that say which of them it is.
 * Those are filled in as a page is read; each has one block, so that only its size, and with it the inode's checksum, differ.
 */
export class LinuxImage implements PageImage {
  readonly #identity: MachineIdentity;
  /** The page that holds the inodes of those files, once it was read. */
  #inodes: Buffer | undefined;

  constructor(identity: MachineIdentity) {
    this.#identity = identity;
  }

  count(base: number, span: number): number {
    return ranges.count(base, span);
  }

  next(from: number, has: boolean): number {
    return ranges.next(from, has);
  }

  page(page: number): Buffer {
    const slot = linux.slots.find((each) => each.page === page);
    if (slot) {
      const bytes = Buffer.alloc(pageBytes);
      bytes.write(this.#text(slot.name));
      return bytes;
    }
    if (page !== Math.floor(linux.slots[0].at / pageBytes)) return packedPage(ranges.indexOf(page));
    this.#inodes ??= this.#inodePage(page);
    return this.#inodes;
  }

  #inodePage(page: number): Buffer {
    const bytes = Buffer.from(packedPage(ranges.indexOf(page)));
    for (const { name, inode, at } of linux.slots) {
      const place = at % pageBytes;
      const size = Buffer.byteLength(this.#text(name));
      changeInodeBytes(bytes.subarray(place, place + inodeBytes), superblock, inode, { size });
    }
    return bytes;
  }

  #text(name: string): string {
    const text = machineFiles(this.#identity)[name];
    if (text === undefined) throw new Error(`The image has no file ${name}.`);
    return text;
  }
}
