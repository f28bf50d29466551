import type { Piece } from "./content.ts";
import { BATCH, SECTOR, TABLE_ENTRIES, ZEROED } from "./format.ts";
import { Occupancy } from "./occupancy.ts";
import { LONGEST_DESCRIPTOR } from "./parse-descriptor.ts";
import { requireWithin, type Source } from "./source.ts";
import { AT_END, decodeHeader, directoryEntries, flag, type SparseHeader } from "./sparse-header.ts";
import { type TableFormat, walkTables } from "./tables.ts";
import { VmdkError } from "./vmdk-error.ts";

/** The head of a hosted sparse file; grains are not looked at yet. */
export async function readSparseHeader(source: Source): Promise<SparseHeader> {
  return decodeHeader(await source.read(0, SECTOR), source.name);
}

/** What a hosted sparse file holds, in the order of the disk: data, and zeros where the parent's is hidden. */
export async function* readSparse(source: Source, header: SparseHeader): AsyncGenerator<Piece, void> {
  const { capacity, grain, directory, overhead, flags } = header;
  if (flags & (flag.compressed | flag.markers))
    throw new VmdkError("Unsupported", source.name, "Compressed grains are read in streamOptimized files only.");
  if (directory === AT_END || directory === 0)
    throw new VmdkError("Corrupt", source.name, "It does not say where its grain directory is.");
  const used = new Occupancy(source.name);
  used.take(0, 1, "The header");
  requireWithin(source, 0, overhead * SECTOR);
  if (header.descriptorOffset > 0) {
    const bytes = header.descriptorSize * SECTOR;
    if (bytes > LONGEST_DESCRIPTOR) throw new VmdkError("Corrupt", source.name, "Its descriptor is too long.");
    requireWithin(source, header.descriptorOffset * SECTOR, bytes);
    used.take(header.descriptorOffset, header.descriptorSize, "The descriptor");
  }
  const format: TableFormat = {
    directory,
    entries: directoryEntries(header),
    tableEntries: TABLE_ENTRIES,
    grain,
    capacity,
    zeroed: (flags & flag.zeroed) !== 0 ? ZEROED : undefined,
    most: Math.max(1, Math.floor(BATCH / (grain * SECTOR))),
  };
  yield* walkTables(source, format, used);
}
