import { type Bytes, noBytes, type Reader } from "../properties/derivation.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { memoryPages, storedPages } from "../storage/accounts.ts";
import { machineFigures } from "../storage/usage.ts";
import type { Key } from "./objects.ts";

/** The page store's figures behind an object's properties. */
export function bytesOf(key: Key, reader: Reader): Bytes {
  const record = typeof key === "number" && key > 0 ? reader.object(key) : undefined;
  switch (record?.kind) {
    case "VirtualMachine":
      return figuresOf(record, reader);
    case "HostSystem":
      return [memoryPages(reader, record.id)];
    case "Datastore":
      return [storedPages(reader, record.id)];
    default:
      return noBytes;
  }
}

/**
 * Bytes are read as they are now, also where a state is read that has been overtaken: an answer in several pages. Address spaces
 * that a machine has given up since then hold nothing any more; the next answer tells of that.
 */
function figuresOf(record: MachineRecord, reader: Reader): Bytes {
  const now = reader.core.universe.state.objects.get(record.id);
  if (now === record) return machineFigures(record, reader.pages);
  if (now?.kind !== "VirtualMachine") return noBytes;
  const alive = new Set([now.memory, ...now.disks.map(({ space }) => space)]);
  const held = (space: number) => (alive.has(space) ? space : 0);
  const disks = record.disks.map((disk) => ({ ...disk, space: held(disk.space) }));
  return machineFigures({ ...record, memory: held(record.memory), disks }, reader.pages);
}

export const sameBytes = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((n, i) => n === b[i]);
