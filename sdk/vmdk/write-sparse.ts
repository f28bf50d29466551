import type { Grain } from "./content.ts";
import { ContentId } from "./content-id.ts";
import { type Descriptor, embedded } from "./descriptor.ts";
import { GRAIN, isZero, NO_PARENT, roundUp, SECTOR, TABLE_ENTRIES, ZEROED } from "./format.ts";
import { Appender, type Output } from "./output.ts";
import { directoryEntries, encodeHeader, flag } from "./sparse-header.ts";
import { VmdkError } from "./vmdk-error.ts";

/** The disk that a delta lies on: its number, and its file as the delta's directory knows it. */
interface ParentFile {
  readonly cid: number;
  readonly file: string;
}

/** What a writer has to know beside the bytes. */
export interface SparseOptions {
  /** The name of the file itself, which its descriptor names. */
  readonly file: string;
  readonly capacity: number;
  readonly parent?: ParentFile | undefined;
}

/** What was written. */
interface Written {
  readonly cid: number;
  readonly grains: number;
  /** Of the file, holes included. */
  readonly bytes: number;
}

const grainSectors = GRAIN / SECTOR;
const tableSectors = (TABLE_ENTRIES * 4) / SECTOR;
const descriptorSectors = 20;
/** Offsets in grain tables have 32 bits. */
const lastSector = 2 ** 32 - 1;

/**
 * Writes a hosted sparse file (monolithicSparse): header, descriptor, redundant and primary grain directory with their tables, then
 * the grains as they come, which must be in ascending order. Tables without grains are left as holes. With a parent, a grain of
 * zeros is one that hides the parent's: it takes an entry of its table and no room.
 */
export async function writeSparse(
  output: Output,
  grains: AsyncIterable<Grain> | Iterable<Grain>,
  { file, capacity, parent }: SparseOptions,
): Promise<Written> {
  const sectors = capacity / SECTOR;
  const tables = directoryEntries({ capacity: sectors, grain: grainSectors });
  const directorySectors = Math.ceil((tables * 4) / SECTOR);
  const redundant = 1 + descriptorSectors;
  const primary = redundant + directorySectors + tables * tableSectors;
  const overhead = roundUp(primary + directorySectors + tables * tableSectors, grainSectors);

  const data = new Appender(output, overhead * SECTOR);
  const id = new ContentId(capacity, parent?.cid);
  let table: Buffer | undefined;
  let tableNumber = -1;
  let last = -1;
  let held = 0;
  let zeroed = false;
  const endTable = async () => {
    if (!table) return;
    for (const directory of [redundant, primary])
      await output.write((directory + directorySectors + tableNumber * tableSectors) * SECTOR, table);
    table = undefined;
  };

  for await (const grain of grains) {
    const number = grain.address / GRAIN;
    if (!Number.isInteger(number) || number <= last || grain.address >= capacity || grain.bytes.length !== GRAIN)
      throw new RangeError(`grain at ${grain.address} of ${grain.bytes.length} bytes after grain ${last}`);
    last = number;
    const zero = isZero(grain.bytes);
    if (zero && !parent) continue;
    id.add(grain);
    if (Math.floor(number / TABLE_ENTRIES) !== tableNumber) {
      await endTable();
      tableNumber = Math.floor(number / TABLE_ENTRIES);
    }
    table ??= Buffer.alloc(tableSectors * SECTOR);
    const at = data.position / SECTOR;
    if (at > lastSector) throw new VmdkError("Unsupported", file, "It would have more than 2 TiB in one sparse file.");
    table.writeUInt32LE(zero ? ZEROED : at, (number % TABLE_ENTRIES) * 4);
    zeroed ||= zero;
    if (zero) continue;
    await data.add(grain.bytes);
    held++;
  }
  await endTable();
  await data.flush();
  await output.reach(data.position);

  for (const directory of [redundant, primary]) {
    const entries = Buffer.alloc(directorySectors * SECTOR);
    for (let n = 0; n < tables; n++) entries.writeUInt32LE(directory + directorySectors + n * tableSectors, n * 4);
    await output.write(directory * SECTOR, entries);
  }
  const descriptor: Descriptor = {
    createType: "monolithicSparse",
    cid: id.value,
    parentCid: parent?.cid ?? NO_PARENT,
    parent: parent?.file ?? "",
    extents: [{ access: "RW", sectors, kind: "SPARSE", file, offset: 0 }],
  };
  await output.write(SECTOR, embedded(descriptor, descriptorSectors));
  const header = encodeHeader({
    version: zeroed ? 2 : 1,
    flags: flag.newline | flag.redundant | (zeroed ? flag.zeroed : 0),
    capacity: sectors,
    grain: grainSectors,
    descriptorOffset: 1,
    descriptorSize: descriptorSectors,
    redundantDirectory: redundant,
    directory: primary,
    overhead,
    compression: 0,
  });
  await output.write(0, header);
  return { cid: id.value, grains: held, bytes: data.position };
}
