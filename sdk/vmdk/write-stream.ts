import { promisify } from "node:util";
import { deflate as deflateCallback, type ZlibOptions } from "node:zlib";
import type { Grain } from "./content.ts";
import { embedded } from "./descriptor.ts";
import { GRAIN, isZero, NO_PARENT, SECTOR, TABLE_ENTRIES } from "./format.ts";
import { marker, markerKind } from "./marker.ts";
import { AT_END, DEFLATE, directoryEntries, encodeHeader, flag, type SparseHeader } from "./sparse-header.ts";
import type { SparseOptions } from "./write-sparse.ts";

const deflate = promisify<Uint8Array, ZlibOptions, Buffer>(deflateCallback);

const grainSectors = GRAIN / SECTOR;
const descriptorSectors = 20;
const overhead = 128;
/** Grains that are compressed side by side, in the thread pool. */
const together = 16;

export interface StreamOptions extends Omit<SparseOptions, "parent"> {
  /** A number for the content; it is written before the content is known. */
  readonly cid: number;
  /** How hard to compress, 1 (default) to 9. */
  readonly level?: number;
}

/**
 * A streamOptimized file from its first byte to its last, for what cannot go back: compressed grains that say where they belong,
 * each grain table behind its grains, then the directory, a footer and the end. Holds some grains and one number for each table.
 */
export async function* writeStream(
  grains: AsyncIterable<Grain> | Iterable<Grain>,
  { file, capacity, cid, level = 1 }: StreamOptions,
): AsyncGenerator<Uint8Array, void> {
  const sectors = capacity / SECTOR;
  const header: SparseHeader = {
    version: 3,
    flags: flag.newline | flag.compressed | flag.markers,
    capacity: sectors,
    grain: grainSectors,
    descriptorOffset: 1,
    descriptorSize: descriptorSectors,
    redundantDirectory: 0,
    directory: AT_END,
    overhead,
    compression: DEFLATE,
  };
  const descriptor = embedded(
    {
      createType: "streamOptimized",
      cid,
      parentCid: NO_PARENT,
      parent: "",
      extents: [{ access: "RW", sectors, kind: "SPARSE", file, offset: 0 }],
    },
    overhead - 1,
  );
  yield Buffer.concat([encodeHeader(header), descriptor]);
  let position = overhead;

  const directory = Buffer.alloc(Math.ceil((directoryEntries(header) * 4) / SECTOR) * SECTOR);
  let table: Buffer | undefined;
  let tableNumber = -1;
  const endTable = (): Uint8Array[] => {
    if (!table) return [];
    directory.writeUInt32LE(position + 1, tableNumber * 4);
    const parts = [marker(table.length / SECTOR, markerKind.table), table];
    position += 1 + table.length / SECTOR;
    table = undefined;
    return parts;
  };

  for await (const batch of compressed(grains, level)) {
    const parts: Uint8Array[] = [];
    for (const { address, packed } of batch) {
      const number = address / GRAIN;
      if (Math.floor(number / TABLE_ENTRIES) !== tableNumber) {
        parts.push(...endTable());
        tableNumber = Math.floor(number / TABLE_ENTRIES);
      }
      table ??= Buffer.alloc(TABLE_ENTRIES * 4);
      table.writeUInt32LE(position, (number % TABLE_ENTRIES) * 4);
      const length = Math.ceil((12 + packed.length) / SECTOR) * SECTOR;
      const bytes = Buffer.alloc(length);
      bytes.writeBigUInt64LE(BigInt(address / SECTOR), 0);
      bytes.writeUInt32LE(packed.length, 8);
      bytes.set(packed, 12);
      parts.push(bytes);
      position += length / SECTOR;
    }
    yield Buffer.concat(parts);
  }
  const last = endTable();
  const directoryAt = position + 1;
  yield Buffer.concat([
    ...last,
    marker(directory.length / SECTOR, markerKind.directory),
    directory,
    marker(1, markerKind.footer),
    encodeHeader({ ...header, directory: directoryAt }),
    marker(0, markerKind.end),
  ]);
}

interface Packed {
  readonly address: number;
  readonly packed: Uint8Array;
}

/** Compresses grains, some at a time, in their order. Those of zeros are left out. */
async function* compressed(
  grains: AsyncIterable<Grain> | Iterable<Grain>,
  level: number,
): AsyncGenerator<readonly Packed[], void> {
  let waiting: Promise<Packed>[] = [];
  let ready: Promise<Packed>[] = [];
  for await (const { address, bytes } of grains) {
    if (isZero(bytes)) continue;
    waiting.push(deflate(bytes, { level }).then((packed) => ({ address, packed })));
    if (waiting.length < together) continue;
    if (ready.length > 0) yield await Promise.all(ready);
    ready = waiting;
    waiting = [];
  }
  yield await Promise.all([...ready, ...waiting]);
}
