import type { Piece } from "./content.ts";
import { type CowdHeader, decodeCowdHeader, headerSectors, TABLE_ENTRIES } from "./cowd-header.ts";
import { BATCH, SECTOR } from "./format.ts";
import { Occupancy } from "./occupancy.ts";
import type { Source } from "./source.ts";
import { walkTables } from "./tables.ts";

export async function readCowdHeader(source: Source): Promise<CowdHeader> {
  return decodeCowdHeader(await source.read(0, Math.min(source.size, headerSectors * SECTOR)), source.name);
}

/** What a vmfsSparse extent holds, in the order of the disk. */
export async function* readCowd(source: Source, header: CowdHeader): AsyncGenerator<Piece, void> {
  const { sectors, grain, directory, entries } = header;
  const used = new Occupancy(source.name);
  used.take(0, headerSectors, "The header");
  const most = Math.floor(BATCH / (grain * SECTOR));
  const format = { directory, entries, tableEntries: TABLE_ENTRIES, grain, capacity: sectors, zeroed: undefined, most };
  yield* walkTables(source, format, used);
}
