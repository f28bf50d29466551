import { textHash } from "../cow/text-hash.ts";
import { mix } from "../random.ts";
import type { LooseDisk, MachineDisk, MachineRecord } from "../state/machine-record.ts";

/** VMware's own: `6000C29a-bcde-...`. */
function uuidFrom(seed: number, ...of: readonly number[]): string {
  const id = (n: number) =>
    mix(seed, 0xd15c, ...of, n)
      .toString(16)
      .padStart(8, "0");
  return `6000C29${id(1).slice(0, 1)}-${id(1).slice(1, 5)}-${id(2).slice(0, 4)}-${id(2).slice(4)}-${id(3)}${id(4).slice(0, 4)}`;
}

/** The UUID of a machine's disk: the one that somebody set, or one that follows from the machine's number and the disk's key. */
export const diskUuid = (seed: number, machine: Pick<MachineRecord, "id">, disk: MachineDisk): string =>
  disk.uuid ?? uuidFrom(seed, machine.id, disk.key);

/** The UUID of a disk that no machine has. */
export const looseUuid = (seed: number, { uuid, layer }: LooseDisk): string =>
  uuid ?? uuidFrom(seed, layer.datastore, textHash(layer.path));

/** A UUID as the pairs that the disk database has it in: `60 00 c2 9a bc de ...-...`. */
export function pairsOfUuid(uuid: string): string {
  const pairs = uuid.replace(/-/g, "").toLowerCase().match(/../g) ?? [];
  return `${pairs.slice(0, 8).join(" ")}-${pairs.slice(8).join(" ")}`;
}
