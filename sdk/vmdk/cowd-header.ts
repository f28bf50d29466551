import { SECTOR } from "./format.ts";
import { VmdkError } from "./vmdk-error.ts";

/** The head of a vmfsSparse extent, which has no descriptor in it. */
export interface CowdHeader {
  /** Of the disk. */
  readonly sectors: number;
  /** Sectors in one grain. */
  readonly grain: number;
  /** Where the directory is, in sectors, and how many entries it has. */
  readonly directory: number;
  readonly entries: number;
}

export const COWD = 0x4457_4f43;
/** Entries of a grain table. */
export const TABLE_ENTRIES = 4096;
/** The header; the directory is behind it. */
export const headerSectors = 4;

export function encodeCowdHeader(sectors: number, entries: number, free: number): Uint8Array {
  const bytes = Buffer.alloc(headerSectors * SECTOR);
  // Magic, version, flags (3 in all files that were seen), size, grain, directory and its entries, the first free sector.
  const fields = [COWD, 1, 3, sectors, 1, headerSectors, entries, free];
  for (const [at, value] of fields.entries()) bytes.writeUInt32LE(value, at * 4);
  return bytes;
}

export function decodeCowdHeader(head: Uint8Array, file: string): CowdHeader {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  if (bytes.length < headerSectors * SECTOR) throw new VmdkError("Truncated", file, "The file ends within its header.");
  const version = bytes.readUInt32LE(4);
  if (version !== 1) throw new VmdkError("Unsupported", file, `The version of a vmfsSparse file is 1, not ${version}.`);
  const [sectors, grain, directory, entries] = [12, 16, 20, 24].map((at) => bytes.readUInt32LE(at));
  const corrupt = (what: string) => new VmdkError("Corrupt", file, what);
  if (!sectors) throw corrupt("Its disk has no sectors.");
  if (!grain || grain > 2048 || (grain & (grain - 1)) !== 0)
    throw corrupt(`A grain has a power of two of sectors, up to 2048, not ${grain}.`);
  if (!directory || directory < headerSectors)
    throw corrupt(`Its grain directory begins in its header, at ${directory}.`);
  const needed = Math.ceil(Math.ceil(sectors / grain) / TABLE_ENTRIES);
  if (entries === undefined || entries < needed)
    throw corrupt(`Its directory has ${entries} entries; ${needed} are needed.`);
  return { sectors, grain, directory, entries: needed };
}
