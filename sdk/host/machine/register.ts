import { fault, invalidPowerState, notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { insert, remove } from "../state/tree.ts";
import { homeBytes } from "../storage/files.ts";
import { directoryOf, formatPath } from "../storage/path.ts";
import { giveSpace } from "../storage/space.ts";
import type { Doer, Place } from "./create.ts";
import { enter, leave } from "./links.ts";
import { placeOn } from "./placement.ts";
import { requireHostFor } from "./rehost.ts";
import { indexUuids } from "./uuid.ts";

const keyOf = (machine: Pick<MachineRecord, "datastore" | "directory">) => `${machine.datastore}/${machine.directory}`;

/** Takes a machine out of the inventory. Its files stay, and with them it can come back. */
export function unregister(tx: Draft, by: Doer, machine: MachineRecord): void {
  if (machine.power === "poweredOn") throw invalidPowerState("poweredOn", "poweredOff", machine.name);
  if (machine.snapshots?.roots.length) throw notSupported(`Unregistering '${machine.name}', which has snapshots,`);
  leave(tx, machine);
  giveSpace(tx, machine.datastore, -homeBytes(machine));
  indexUuids(tx, machine, undefined);
  remove(tx, machine);
  tx.unregistered.set(keyOf(machine), machine);
  post(tx, by, "VmRemovedEvent", { vm: machine });
}

/** Brings a machine back whose files are on a datastore; it keeps the number that it had. */
export function register(
  tx: Draft,
  by: Doer,
  at: { readonly datastore: DatastoreRecord; readonly path: string },
  name: string | undefined,
  place: Place,
): MachineRecord {
  const key = `${at.datastore.id}/${directoryOf(at.path)}`;
  const known = tx.unregistered.get(key);
  if (!known || at.path !== `${known.directory}/${known.directory}.vmx`)
    throw fault(
      "NotFound",
      {},
      `There is no machine at '${formatPath(at.datastore.name, at.path)}' that is not registered.`,
    );
  const host = placeOn(tx, place.pool, place.host);
  requireHostFor(tx, host, known);
  const machine: MachineRecord = {
    ...known,
    name: name ?? known.name,
    parent: place.folder,
    pool: place.pool,
    host: host.id,
    template: false,
  };
  tx.unregistered.delete(key);
  insert(tx, machine);
  enter(tx, machine, "known");
  indexUuids(tx, undefined, machine);
  post(tx, by, "VmRegisteredEvent", { vm: machine });
  return machine;
}
