import { invalidPowerState } from "../faults.ts";
import { dropGuestMemory } from "../guest/memory/lifetime.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { remove } from "../state/tree.ts";
import { dropDirectory } from "../storage/directory.ts";
import { unrefer } from "../storage/layers.ts";
import type { Doer } from "./create.ts";
import { hideGuest } from "./guest.ts";
import { leave } from "./links.ts";
import { dropSnapshot } from "./snapshot-drop.ts";
import { snapshotsOf, topsOf } from "./tops.ts";
import { indexUuids } from "./uuid.ts";

/**
 * Destroys a machine with its files. What others are based on stays, in its directory, until the last of them goes. Throws
 * InvalidPowerState while it runs.
 */
export function destroyMachine(tx: Draft, by: Doer, machine: MachineRecord): void {
  if (machine.power === "poweredOn") throw invalidPowerState("poweredOn", "poweredOff", machine.name);
  leave(tx, machine);
  hideGuest(tx, machine);
  indexUuids(tx, machine, undefined);
  remove(tx, machine);
  tx.dropSpace(machine.memory);
  dropGuestMemory(tx, machine.id);
  const tops = topsOf(tx, machine);
  for (const snapshot of snapshotsOf(tx, machine)) dropSnapshot(tx, snapshot);
  for (const { space, undo } of machine.disks) {
    tx.dropSpace(space);
    if (undo) tx.dropSpace(undo.space);
  }
  unrefer(tx, tops);
  dropDirectory(tx, machine.datastore, machine.directory);
  post(tx, by, "VmRemovedEvent", { vm: machine });
}
