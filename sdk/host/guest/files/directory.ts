import { crc32c, crc32cOf } from "./crc32c.ts";
import type { Superblock } from "./superblock.ts";

/** A name in a directory. */
export interface Entry {
  readonly name: string;
  readonly inode: number;
}

const head = 8;
/** Where directories have checksums, a block ends with what looks like a deleted name of this type. */
const tail = { bytes: 12, type: 0xde };

/**
 * The names in a directory, `.` and `..` left out, in the order they have there. Names are bytes on the disk: those that are not
 * UTF-8 get replacement characters. Answers undefined when the directory is damaged.
 */
export function entriesOf(
  bytes: Uint8Array,
  superblock: Superblock,
  inode: number,
  generation: number,
): Entry[] | undefined {
  const { blockSize, inodes } = superblock;
  const entries: Entry[] = [];
  const seed = crc32cOf(crc32cOf(superblock.checksumSeed, inode), generation);
  for (let block = 0; block < bytes.length; block += blockSize) {
    const part = bytes.subarray(block, block + blockSize);
    if (part.length < blockSize) return undefined;
    const view = new DataView(part.buffer, part.byteOffset, part.length);
    if (superblock.checksums && !checksumHolds(part, view, seed)) return undefined;
    for (let at = 0; at < blockSize; ) {
      const length = view.getUint16(at + 4, true);
      const name = view.getUint8(at + 6);
      if (length < head || length % 4 !== 0 || at + length > blockSize || head + name > length) return undefined;
      const target = view.getUint32(at, true);
      if (target > inodes) return undefined;
      if (target !== 0)
        entries.push({ name: Buffer.from(part.subarray(at + head, at + head + name)).toString(), inode: target });
      at += length;
    }
  }
  return entries.filter(({ name }) => name !== "." && name !== "..");
}

/** A block of an index has no tail of this kind; the library checks those when it walks them. */
function checksumHolds(part: Uint8Array, view: DataView, seed: number): boolean {
  const at = part.length - tail.bytes;
  const isTail = view.getUint32(at, true) === 0 && view.getUint16(at + 4, true) === tail.bytes;
  if (!isTail || view.getUint8(at + 7) !== tail.type) return true;
  return view.getUint32(at + 8, true) === crc32c(seed, part.subarray(0, at));
}
