import type { Piece } from "./content.ts";
import { BATCH, SECTOR } from "./format.ts";
import type { Occupancy } from "./occupancy.ts";
import { requireWithin, type Source } from "./source.ts";

/** Where a file's grain directory is, and what its entries mean; sizes in sectors. */
export interface TableFormat {
  readonly directory: number;
  readonly entries: number;
  readonly tableEntries: number;
  readonly grain: number;
  readonly capacity: number;
  /** The entry that stands for zeros, if there is one. */
  readonly zeroed: number | undefined;
  /** Grains that are read at once. */
  readonly most: number;
}

/** Grains that follow each other on the disk and in the file. */
interface Run {
  readonly grain: number;
  /** The sector in the file; undefined for zeros. */
  readonly at: number | undefined;
  count: number;
}

/** Walks a directory and its tables. What it reads at once is a MiB at most; each sector of the file is read once. */
export async function* walkTables(source: Source, format: TableFormat, used: Occupancy): AsyncGenerator<Piece, void> {
  const { directory, entries } = format;
  requireWithin(source, directory * SECTOR, entries * 4);
  used.take(directory, Math.ceil((entries * 4) / SECTOR), "The grain directory");
  const atOnce = BATCH / 4;
  for (let from = 0; from < entries; from += atOnce) {
    const count = Math.min(atOnce, entries - from);
    const links = numbers(await source.read(directory * SECTOR + from * 4, count * 4));
    for (let n = 0; n < count; n++) {
      const table = links.getUint32(n * 4, true);
      if (table !== 0) yield* walkTable(source, format, used, table, (from + n) * format.tableEntries);
    }
  }
}

async function* walkTable(
  source: Source,
  format: TableFormat,
  used: Occupancy,
  table: number,
  firstGrain: number,
): AsyncGenerator<Piece, void> {
  const { tableEntries, grain, capacity, zeroed, most } = format;
  const tableBytes = tableEntries * 4;
  requireWithin(source, table * SECTOR, tableBytes);
  used.take(table, Math.ceil(tableBytes / SECTOR), "A grain table");
  const links = numbers(await source.read(table * SECTOR, tableBytes));
  const grains = Math.min(tableEntries, Math.ceil(capacity / grain) - firstGrain);
  let run: Run | undefined;
  for (let n = 0; n < grains; n++) {
    const link = links.getUint32(n * 4, true);
    if (link === 0) continue;
    const number = firstGrain + n;
    const at = link === zeroed ? undefined : link;
    if (run && run.count < most && run.grain + run.count === number && follows(run, at, grain)) {
      run.count++;
      continue;
    }
    if (run) yield await pieceOf(source, format, used, run);
    run = { grain: number, at, count: 1 };
  }
  if (run) yield await pieceOf(source, format, used, run);
}

const follows = (run: Run, at: number | undefined, grain: number): boolean =>
  run.at === undefined ? at === undefined : at === run.at + run.count * grain;

/** The last grain of a disk may be cut off by its end, and by the file's. */
async function pieceOf(source: Source, format: TableFormat, used: Occupancy, run: Run): Promise<Piece> {
  const { grain, capacity } = format;
  const first = run.grain * grain;
  const sectors = Math.min(run.count * grain, capacity - first);
  const range = { address: first * SECTOR, length: sectors * SECTOR };
  if (run.at === undefined) return { ...range, bytes: undefined };
  requireWithin(source, run.at * SECTOR, range.length);
  used.take(run.at, sectors, "A grain");
  return { ...range, bytes: await source.read(run.at * SECTOR, range.length) };
}

const numbers = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
