import { inflateSync } from "node:zlib";
import { ByteReader } from "./byte-reader.ts";
import type { Piece } from "./content.ts";
import type { Descriptor } from "./descriptor.ts";
import { SECTOR, TABLE_ENTRIES } from "./format.ts";
import { markerKind } from "./marker.ts";
import { LONGEST_DESCRIPTOR, parseDescriptor } from "./parse-descriptor.ts";
import { AT_END, DEFLATE, decodeHeader, directoryEntries, flag, MAGIC, type SparseHeader } from "./sparse-header.ts";
import { VmdkError } from "./vmdk-error.ts";

/** More than this in front of the first grain is not held in memory. */
const longestFront = 64 * 2 ** 20;

/** A streamOptimized disk as it comes in: its size is known first, then its grains come. */
export interface IncomingDisk {
  readonly capacity: number;
  readonly descriptor: Descriptor;
  pieces(): AsyncGenerator<Piece, void>;
  /** Stops whoever sends, when not all of it is wanted. */
  close(): Promise<void>;
}

/**
 * Reads a streamOptimized file from its first byte to its last, without going back. Grains are in ascending order, each once, and
 * as many as the grain tables say.
 */
export async function readStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): Promise<IncomingDisk> {
  const reader = new ByteReader(chunks, name);
  try {
    const first = await reader.take(SECTOR);
    if (new DataView(first.buffer, first.byteOffset).getUint32(0, true) !== MAGIC)
      throw new VmdkError("NotVmdk", name, "It does not begin as a streamOptimized disk does.");
    const header = decodeHeader(first, name);
    requireStream(header, name);
    const front = await reader.take((header.overhead - 1) * SECTOR);
    const from = (header.descriptorOffset - 1) * SECTOR;
    const descriptor = parseDescriptor(front.subarray(from, from + header.descriptorSize * SECTOR), name);
    const expected = header.directory === AT_END ? undefined : countInFront(header, front, name);
    return {
      capacity: header.capacity * SECTOR,
      descriptor,
      pieces: () => grainsIn(reader, header, name, expected),
      close: () => reader.end(),
    };
  } catch (error) {
    await reader.end();
    throw error;
  }
}

function requireStream(header: SparseHeader, name: string): void {
  const { flags, compression, descriptorOffset, descriptorSize, overhead } = header;
  if (!(flags & flag.compressed) || !(flags & flag.markers))
    throw new VmdkError(
      "Unsupported",
      name,
      "Its grains are not compressed: only streamOptimized disks are read as a stream.",
    );
  if (compression !== DEFLATE)
    throw new VmdkError("Unsupported", name, `The compression ${compression} is not deflate.`);
  if (overhead < 1 || overhead * SECTOR > longestFront)
    throw new VmdkError("Unsupported", name, `${overhead} sectors in front of the first grain are none or too many.`);
  if (descriptorOffset < 1 || descriptorSize < 1 || descriptorOffset + descriptorSize > overhead)
    throw new VmdkError("Corrupt", name, "Its descriptor is not in front of its grains.");
  if (descriptorSize * SECTOR > LONGEST_DESCRIPTOR) throw new VmdkError("Corrupt", name, "Its descriptor is too long.");
}

/** The grains that tables in front of them speak of, as qemu writes them; undefined tables are behind the grains. */
function countInFront(header: SparseHeader, front: Uint8Array, name: string): number {
  const view = new DataView(front.buffer, front.byteOffset, front.byteLength);
  const corrupt = new VmdkError("Corrupt", name, "Its grain directory and tables are not in front of its grains.");
  const entries = directoryEntries(header);
  const directory = (header.directory - 1) * SECTOR;
  if (directory < 0 || directory + entries * 4 > front.length) throw corrupt;
  let count = 0;
  for (let n = 0; n < entries; n++) {
    const link = view.getUint32(directory + n * 4, true);
    if (link === 0) continue;
    const table = (link - 1) * SECTOR;
    if (table < 0 || table + TABLE_ENTRIES * 4 > front.length) throw corrupt;
    count += countEntries(view, table);
  }
  return count;
}

function countEntries(view: DataView, from: number): number {
  let count = 0;
  for (let n = 0; n < TABLE_ENTRIES; n++) if (view.getUint32(from + n * 4, true) !== 0) count++;
  return count;
}

async function* grainsIn(
  reader: ByteReader,
  header: SparseHeader,
  name: string,
  inFront: number | undefined,
): AsyncGenerator<Piece, void> {
  const corrupt = (what: string) => new VmdkError("Corrupt", name, `${what}, at byte ${reader.position}.`);
  const directorySectors = Math.ceil((directoryEntries(header) * 4) / SECTOR);
  const sizes = new Map<number, number>([
    [markerKind.table, 4],
    [markerKind.directory, directorySectors],
    [markerKind.footer, 1],
  ]);
  let next = 0;
  let grains = 0;
  let listed = 0;
  let footer = false;
  try {
    for (;;) {
      const sector = await reader.take(SECTOR, inFront === undefined ? "not end" : "end");
      if (sector.length === 0) break;
      const view = new DataView(sector.buffer, sector.byteOffset, SECTOR);
      const value = Number(view.getBigUint64(0, true));
      const size = view.getUint32(8, true);
      if (size > 0) {
        if (footer || value % header.grain !== 0 || value < next || value >= header.capacity)
          throw corrupt(`A grain for sector ${value} is out of order or out of the disk`);
        next = value + header.grain;
        grains++;
        yield await grainOf(reader, header, { sector, lba: value, size }, corrupt);
        continue;
      }
      const kind = view.getUint32(12, true);
      if (kind === markerKind.end) break;
      if (sizes.get(kind) !== value) throw corrupt(`There is a marker of the kind ${kind} with ${value} sectors`);
      for (let left = value; left > 0; left -= 4) {
        const bytes = await reader.take(Math.min(left, 4) * SECTOR);
        if (kind === markerKind.table) listed += countEntries(new DataView(bytes.buffer, bytes.byteOffset), 0);
      }
      footer ||= kind === markerKind.footer;
    }
    if (inFront === undefined && !footer) throw corrupt("It ends without a footer: some of it is missing");
    if (grains !== (inFront ?? listed))
      throw corrupt(`It has ${grains} grains where its tables speak of ${inFront ?? listed}`);
  } finally {
    await reader.end();
  }
}

async function grainOf(
  reader: ByteReader,
  { grain, capacity }: SparseHeader,
  { sector, lba, size }: { readonly sector: Uint8Array; readonly lba: number; readonly size: number },
  corrupt: (what: string) => VmdkError,
): Promise<Piece> {
  const grainBytes = grain * SECTOR;
  if (size > grainBytes * 2) throw corrupt(`A grain is said to have ${size} bytes compressed`);
  const sectors = Math.ceil((12 + size) / SECTOR);
  const rest = await reader.take((sectors - 1) * SECTOR);
  const packed = Buffer.concat([sector.subarray(12), rest]).subarray(0, size);
  const wanted = Math.min(grain, capacity - lba) * SECTOR;
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(packed, { maxOutputLength: grainBytes });
  } catch {
    throw corrupt(`The grain of sector ${lba} cannot be decompressed`);
  }
  if (bytes.length < wanted) throw corrupt(`The grain of sector ${lba} has only ${bytes.length} bytes`);
  return { address: lba * SECTOR, length: wanted, bytes: bytes.subarray(0, wanted) };
}
