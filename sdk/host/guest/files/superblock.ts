import { crc32c } from "./crc32c.ts";
import type { BlockDevice } from "./ext2-library.ts";

/** What there is to know of a filesystem before anything of it is believed. */
export interface Superblock {
  readonly blockSize: number;
  readonly blocks: number;
  readonly firstBlock: number;
  readonly inodes: number;
  readonly inodesPerGroup: number;
  readonly inodeSize: number;
  readonly descriptorSize: number;
  /** Whether everything has checksums, and what those of inodes and directories begin with. */
  readonly checksums: boolean;
  readonly checksumSeed: number;
  /** Why it can be read only, if that is so. */
  readonly readOnly: string | undefined;
}

/** Features without which a reader goes wrong: names with types, extents, 64-bit numbers, flexible groups, a seed of its own. */
const known = 0x2 | 0x40 | 0x80 | 0x200 | 0x2000;
/** Its journal holds changes that are not in their places yet. */
const journalFull = 0x4;
/** Features without which a writer goes wrong: sparse and large files' flags, checksums, many links, large inodes. */
const writable = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x40 | 0x400;

/** Reads the superblock of an ext4 (or ext2, ext3) filesystem that begins with the disk; answers what is wrong with it otherwise. */
export function readSuperblock(disk: BlockDevice, size: number): Superblock | string {
  if (size < 4096) return "the disk is smaller than any filesystem";
  const bytes = new Uint8Array(1024);
  disk.read(1024, bytes);
  const view = new DataView(bytes.buffer);
  const word = (at: number) => view.getUint32(at, true);
  const half = (at: number) => view.getUint16(at, true);
  if (half(0x38) !== 0xef53) return "it has no superblock";
  const incompatible = word(0x60);
  const strange = incompatible & ~(known | journalFull);
  if (strange !== 0) return `it has features that are not known here (0x${strange.toString(16)})`;
  const wide = (incompatible & 0x80) !== 0;
  const blockSize = word(0x18) <= 2 ? 1024 << word(0x18) : 0;
  const blocks = word(0x4) + (wide ? word(0x150) * 2 ** 32 : 0);
  const inodeSize = word(0x4c) === 0 ? 128 : half(0x58);
  const descriptorSize = wide ? half(0xfe) : 32;
  if (blockSize === 0) return "it has blocks of another size than 1, 2 or 4 KiB";
  if (blocks === 0 || blocks >= 2 ** 32) return `${blocks} blocks are more than can be read`;
  if (blocks * blockSize > size) return `it has ${blocks} blocks, which is more than the disk has`;
  if (inodeSize < 128 || inodeSize > blockSize || (inodeSize & (inodeSize - 1)) !== 0)
    return `its inodes have ${inodeSize} bytes`;
  if (descriptorSize < 32 || descriptorSize > blockSize)
    return `its groups have descriptors of ${descriptorSize} bytes`;
  if (word(0x28) === 0 || word(0x20) === 0) return "its groups are empty";
  const missing = word(0x64) & ~writable;
  return {
    blockSize,
    blocks,
    firstBlock: word(0x14),
    inodes: word(0x0),
    inodesPerGroup: word(0x28),
    inodeSize,
    descriptorSize,
    checksums: (word(0x64) & 0x400) !== 0,
    checksumSeed: incompatible & 0x2000 ? word(0x270) : crc32c(0xffffffff, bytes.subarray(0x68, 0x78)),
    readOnly:
      incompatible & journalFull
        ? "its journal has to be replayed first"
        : missing === 0
          ? undefined
          : `it has features that only a reader can pass over (0x${missing.toString(16)})`,
  };
}
