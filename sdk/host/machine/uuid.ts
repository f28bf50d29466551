import { invalidArgument } from "../faults.ts";
import { type UuidKind, uuidOf } from "../random.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { exclude, include } from "../state/several.ts";

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A UUID that a caller chose, as it is kept. Throws InvalidArgument for what is none. */
export function wantedUuid(text: string, path: string): string {
  if (form.test(text)) return text.toLowerCase();
  throw invalidArgument(path, `'${text.slice(0, 80)}' is not a UUID. Write 8-4-4-4-12 hexadecimal digits.`);
}

/** The key by which a machine with a chosen UUID is found. */
export const uuidKey = (kind: UuidKind, uuid: string): string => `${kind}:${uuid}`;

const chosen = (machine: MachineRecord, kind: UuidKind) => (kind === "bios" ? machine.uuid : machine.instanceUuid);

/** The UUID of a machine, chosen or derived from its number. */
export const machineUuid = (seed: number, machine: MachineRecord, kind: UuidKind): string =>
  chosen(machine, kind) ?? uuidOf(seed, kind, machine.id);

/** Makes a machine findable by the UUIDs that somebody chose for it, or no longer findable. */
export function indexUuids(tx: Draft, before: MachineRecord | undefined, after: MachineRecord | undefined): void {
  for (const kind of ["bios", "instance"] as const) {
    const was = before && chosen(before, kind);
    const now = after && chosen(after, kind);
    if (was === now) continue;
    if (before && was !== undefined) exclude(tx.uuids, uuidKey(kind, was), before.id);
    if (after && now !== undefined) include(tx.uuids, uuidKey(kind, now), after.id);
  }
}
