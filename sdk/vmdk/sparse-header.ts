import { LARGEST, SECTOR, TABLE_ENTRIES } from "./format.ts";
import { VmdkError } from "./vmdk-error.ts";

/** The first sector of a hosted sparse file: offsets and sizes in sectors. */
export interface SparseHeader {
  readonly version: number;
  readonly flags: number;
  readonly capacity: number;
  readonly grain: number;
  readonly descriptorOffset: number;
  readonly descriptorSize: number;
  readonly redundantDirectory: number;
  /** `AT_END` where the directory is behind the grains. */
  readonly directory: number;
  /** Where the first grain may be. */
  readonly overhead: number;
  readonly compression: number;
}

export const MAGIC = 0x564d_444b;
export const AT_END = -1;
export const flag = { newline: 1, redundant: 2, zeroed: 4, compressed: 0x1_0000, markers: 0x2_0000 } as const;
export const DEFLATE = 1;

/** Characters that a transfer as text would have changed. */
const ends = [0x0a, 0x20, 0x0d, 0x0a] as const;

export function encodeHeader(header: SparseHeader): Uint8Array {
  const bytes = Buffer.alloc(SECTOR);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(header.version, 4);
  bytes.writeUInt32LE(header.flags, 8);
  const sectors = (value: number, at: number) => bytes.writeBigInt64LE(BigInt(value), at);
  sectors(header.capacity, 12);
  sectors(header.grain, 20);
  sectors(header.descriptorOffset, 28);
  sectors(header.descriptorSize, 36);
  bytes.writeUInt32LE(TABLE_ENTRIES, 44);
  sectors(header.redundantDirectory, 48);
  sectors(header.directory, 56);
  sectors(header.overhead, 64);
  bytes.set(ends, 73);
  bytes.writeUInt16LE(header.compression, 77);
  return bytes;
}

/** Grains above this size would have to be held in memory whole. VMware's have 64 KiB. */
const largestGrain = 32_768;

/** Reads a header and refuses what the format does not allow. */
export function decodeHeader(sector: Uint8Array, file: string): SparseHeader {
  const bytes = Buffer.from(sector.buffer, sector.byteOffset, sector.length);
  const corrupt = (what: string) => new VmdkError("Corrupt", file, what);
  if (bytes.length < SECTOR) throw new VmdkError("Truncated", file, "The file ends within its header.");
  const version = bytes.readUInt32LE(4);
  if (version < 1 || version > 3)
    throw new VmdkError("Unsupported", file, `The version is ${version}; 1 to 3 are read.`);
  const sectors = (at: number, name: string, may = 0): number => {
    const value = Number(bytes.readBigInt64LE(at));
    if (Number.isSafeInteger(value) && value >= may) return value;
    throw corrupt(`Its ${name} is no possible number of sectors: ${value}.`);
  };
  const flags = bytes.readUInt32LE(8);
  if (flags & flag.newline && ends.some((end, at) => bytes[73 + at] !== end))
    throw corrupt("Its line ends have been changed, as by a transfer as text.");
  const capacity = sectors(12, "capacity", 1);
  if (capacity > LARGEST / SECTOR) throw corrupt(`A disk has at most 62 TiB, not ${capacity} sectors.`);
  const grain = sectors(20, "grain size");
  if (grain <= 8 || (grain & (grain - 1)) !== 0 || grain > largestGrain)
    throw corrupt(`A grain has a power of two of sectors, from 16 to ${largestGrain}, not ${grain}.`);
  const entries = bytes.readUInt32LE(44);
  if (entries !== TABLE_ENTRIES) throw corrupt(`A grain table has ${TABLE_ENTRIES} entries, not ${entries}.`);
  return {
    version,
    flags,
    capacity,
    grain,
    descriptorOffset: sectors(28, "descriptor's offset"),
    descriptorSize: sectors(36, "descriptor's size"),
    redundantDirectory: sectors(48, "redundant grain directory", AT_END),
    directory: sectors(56, "grain directory", AT_END),
    overhead: sectors(64, "overhead"),
    compression: bytes.readUInt16LE(77),
  };
}

/** How many entries the directory of a disk has: one for each table of 512 grains. */
export const directoryEntries = ({ capacity, grain }: Pick<SparseHeader, "capacity" | "grain">): number =>
  Math.ceil(Math.ceil(capacity / grain) / TABLE_ENTRIES);
