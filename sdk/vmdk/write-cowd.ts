import type { Grain } from "./content.ts";
import { encodeCowdHeader, headerSectors, TABLE_ENTRIES } from "./cowd-header.ts";
import { roundUp, SECTOR } from "./format.ts";
import { Appender, type Output } from "./output.ts";
import { VmdkError } from "./vmdk-error.ts";

const tableSectors = (TABLE_ENTRIES * 4) / SECTOR;

/**
 * Writes a vmfsSparse extent: whole sectors as they come, in ascending order, with tables of 4096 sectors made when first needed.
 * The format has no sign for zeros: they are written out where they hide what the parent has.
 */
export async function writeCowd(
  output: Output,
  pieces: AsyncIterable<Grain> | Iterable<Grain>,
  { file, capacity }: { readonly file: string; readonly capacity: number },
): Promise<{ readonly sectors: number; readonly bytes: number }> {
  const total = capacity / SECTOR;
  if (total > 2 ** 32 - 1)
    throw new VmdkError("Unsupported", file, "A vmfsSparse file is of a disk of less than 2 TiB.");
  const entries = Math.ceil(total / TABLE_ENTRIES);
  const directory = Buffer.alloc(roundUp(entries * 4, SECTOR));
  const data = new Appender(output, headerSectors * SECTOR + directory.length);
  let table = Buffer.alloc(0);
  let tableNumber = -1;
  let tableAt = 0;
  let next = 0;
  let held = 0;
  const endTable = async () => {
    // The gap that was left for the table has been flushed by then.
    if (tableNumber < 0) return;
    await data.flush();
    await output.write(tableAt * SECTOR, table);
  };

  for await (const { address, bytes } of pieces) {
    const first = address / SECTOR;
    const count = bytes.length / SECTOR;
    if (!Number.isInteger(first) || !Number.isInteger(count) || first < next || first + count > total)
      throw new RangeError(`sectors ${first} and ${count} more, after ${next}, of ${total}`);
    next = first + count;
    for (let sector = first; sector < next; ) {
      const number = Math.floor(sector / TABLE_ENTRIES);
      if (number !== tableNumber) {
        await endTable();
        tableNumber = number;
        tableAt = data.position / SECTOR;
        table = Buffer.alloc(tableSectors * SECTOR);
        directory.writeUInt32LE(tableAt, number * 4);
        await data.add(table);
      }
      const end = Math.min(next, (number + 1) * TABLE_ENTRIES);
      const at = data.position / SECTOR;
      if (at + end - sector > 2 ** 32 - 1) throw new VmdkError("Unsupported", file, "It would have more than 2 TiB.");
      for (let n = sector; n < end; n++) table.writeUInt32LE(at + n - sector, (n % TABLE_ENTRIES) * 4);
      await data.add(bytes.subarray((sector - first) * SECTOR, (end - first) * SECTOR));
      held += end - sector;
      sector = end;
    }
  }
  await endTable();
  await data.flush();
  await output.reach(data.position);
  await output.write(headerSectors * SECTOR, directory);
  await output.write(0, encodeCowdHeader(total, entries, data.position / SECTOR));
  return { sectors: held, bytes: data.position };
}
