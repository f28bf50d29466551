import { crc32c, crc32cOf } from "./crc32c.ts";
import type { BlockDevice } from "./ext2-library.ts";
import type { GuestStat } from "./guest-files.ts";
import type { Superblock } from "./superblock.ts";

const types: Readonly<Record<number, GuestStat["type"]>> = { 4: "directory", 8: "file", 10: "symlink" };

/** Where in an inode its parts are; what lies beyond the first 128 bytes is there only where the inode is large enough. */
const at = { mode: 0, uid: 2, size: 4, gid: 24, links: 26, generation: 100, sizeHigh: 108, uidHigh: 120, gidHigh: 122 };
const times = { accessed: [8, 140], changed: [12, 132], modified: [16, 136] } as const;
const checksumLow = 124;
const extraSize = 128;
const checksumHigh = 130;

/** An inode as it is on the disk. */
export interface Inode extends GuestStat {
  /** Part of what the checksums of its blocks begin with. */
  readonly generation: number;
}

/** Reads an inode; undefined where there can be none. The library writes inodes at once, so what is on the disk is what holds. */
export function readInode(disk: BlockDevice, superblock: Superblock, inode: number): Inode | undefined {
  const place = placeOf(disk, superblock, inode);
  if (place === undefined) return undefined;
  const bytes = new Uint8Array(superblock.inodeSize);
  disk.read(place, bytes);
  const view = new DataView(bytes.buffer);
  const mode = view.getUint16(at.mode, true);
  return {
    type: types[mode >>> 12] ?? "other",
    size: view.getUint32(at.size, true) + view.getUint32(at.sizeHigh, true) * 2 ** 32,
    mode: mode & 0o7777,
    uid: view.getUint16(at.uid, true) + view.getUint16(at.uidHigh, true) * 2 ** 16,
    gid: view.getUint16(at.gid, true) + view.getUint16(at.gidHigh, true) * 2 ** 16,
    links: view.getUint16(at.links, true),
    inode,
    accessed: timeOf(view, ...times.accessed),
    modified: timeOf(view, ...times.modified),
    changed: timeOf(view, ...times.changed),
    generation: view.getUint32(at.generation, true),
  };
}

export type Attributes = Pick<GuestStat, "mode" | "uid" | "gid" | "size" | "accessed" | "modified" | "changed">;

/**
 * Changes attributes of an inode on the disk, which the library has no calls for. It must be done with the inode then: it keeps
 * copies of those that it read last.
 */
export function changeInode(
  disk: BlockDevice,
  superblock: Superblock,
  inode: number,
  changes: Partial<Attributes>,
): void {
  const place = placeOf(disk, superblock, inode);
  if (place === undefined) return;
  const bytes = new Uint8Array(superblock.inodeSize);
  disk.read(place, bytes);
  changeInodeBytes(bytes, superblock, inode, changes);
  disk.write(place, bytes);
}

export function changeInodeBytes(
  bytes: Uint8Array,
  superblock: Pick<Superblock, "checksums" | "checksumSeed">,
  inode: number,
  changes: Partial<Attributes>,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { mode, uid, gid, size } = changes;
  if (mode !== undefined) view.setUint16(at.mode, (view.getUint16(at.mode, true) & 0xf000) | (mode & 0o7777), true);
  if (uid !== undefined) {
    view.setUint16(at.uid, uid & 0xffff, true);
    view.setUint16(at.uidHigh, uid >>> 16, true);
  }
  if (gid !== undefined) {
    view.setUint16(at.gid, gid & 0xffff, true);
    view.setUint16(at.gidHigh, gid >>> 16, true);
  }
  if (size !== undefined) {
    view.setUint32(at.size, size % 2 ** 32, true);
    view.setUint32(at.sizeHigh, Math.floor(size / 2 ** 32), true);
  }
  for (const name of ["accessed", "modified", "changed"] as const) {
    const time = changes[name];
    if (time !== undefined) setTime(view, times[name], time);
  }
  if (superblock.checksums) setChecksum(view, bytes, superblock.checksumSeed, inode);
}

/** Where on the disk an inode is: the descriptor of its group says where the group's table begins. */
function placeOf(disk: BlockDevice, superblock: Superblock, inode: number): number | undefined {
  const { blockSize, blocks, firstBlock, inodes, inodesPerGroup, inodeSize, descriptorSize } = superblock;
  if (inode < 1 || inode > inodes) return undefined;
  const group = Math.floor((inode - 1) / inodesPerGroup);
  const descriptor = new Uint8Array(descriptorSize);
  disk.read((firstBlock + 1) * blockSize + group * descriptorSize, descriptor);
  const view = new DataView(descriptor.buffer);
  const table = view.getUint32(8, true) + (descriptorSize >= 64 ? view.getUint32(40, true) * 2 ** 32 : 0);
  const place = table * blockSize + ((inode - 1) % inodesPerGroup) * inodeSize;
  return place + inodeSize <= blocks * blockSize ? place : undefined;
}

/** How much of an inode beyond its first 128 bytes is used. */
const extraOf = (view: DataView) => (view.byteLength > 128 ? view.getUint16(extraSize, true) : 0);

/** Seconds are signed, 32 bits of them; two bits elsewhere count how often they have come round. */
function timeOf(view: DataView, place: number, more: number): number {
  const rounds = extraOf(view) >= more + 4 - 128 ? view.getUint32(more, true) & 3 : 0;
  return (view.getInt32(place, true) + rounds * 2 ** 32) * 1000;
}

function setTime(view: DataView, [place, more]: readonly [number, number], time: number): void {
  const seconds = Math.floor(time / 1000);
  view.setInt32(place, seconds | 0, true);
  if (extraOf(view) >= more + 4 - 128) view.setUint32(more, Math.round((seconds - (seconds | 0)) / 2 ** 32) & 3, true);
}

function setChecksum(view: DataView, bytes: Uint8Array, seed: number, inode: number): void {
  const wide = extraOf(view) >= 4;
  view.setUint16(checksumLow, 0, true);
  if (wide) view.setUint16(checksumHigh, 0, true);
  const sum = crc32c(crc32cOf(crc32cOf(seed, inode), view.getUint32(at.generation, true)), bytes);
  view.setUint16(checksumLow, sum & 0xffff, true);
  if (wide) view.setUint16(checksumHigh, sum >>> 16, true);
}
