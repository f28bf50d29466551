import type { Methods } from "../../vim/index.ts";
import { fault, invalidArgument, invalidPowerState, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { wantedName } from "../state/name.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { datacenterOf, insert, remove } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { homeBytes } from "../storage/files.ts";
import { homePath } from "../storage/home.ts";
import { directoryOf, parsePath } from "../storage/path.ts";
import { giveSpace } from "../storage/space.ts";
import type { Doer } from "./create.ts";
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
  // Values of custom fields are the vCenter's: they are in none of its files.
  const { custom: _custom, ...filed } = machine;
  tx.unregistered.set(keyOf(machine), filed);
  post(tx, by, "VmRemovedEvent", { vm: machine });
}

/** Brings a machine back whose files are on a datastore, in a folder. It keeps the number that it had. */
export function register(
  tx: Draft,
  by: Doer,
  folder: number,
  { path, name, asTemplate, pool, host }: Methods<"Folder">["RegisterVM_Task"]["args"],
): MachineRecord {
  const at = parsePath(path);
  const store = datastoreIn(tx, folder, at.datastore);
  const key = `${store.id}/${directoryOf(at.path)}`;
  const known = tx.unregistered.get(key);
  if (!known || at.path !== homePath(known, ".vmx"))
    throw fault("NotFound", {}, `There is no machine at '${path}' that could be registered.`);
  if (!asTemplate && !pool) throw invalidArgument("pool", "A machine that is no template needs a resource pool.");
  const into = pool ? resolveKind(tx, "ResourcePool", pool).id : 0;
  const wanted = host && resolveKind(tx, "HostSystem", host).id;
  const on = into === 0 ? record(tx, "HostSystem", wanted ?? known.host) : placeOn(tx, into, wanted);
  requireHostFor(tx, on, known);
  const machine: MachineRecord = {
    ...known,
    // What it was made from may be gone and forgotten by now.
    source: tx.object(known.source) || tx.forks.get(known.source) ? known.source : 0,
    name: name === undefined ? known.name : wantedName(name),
    parent: folder,
    pool: asTemplate ? 0 : into,
    host: on.id,
    template: asTemplate,
  };
  tx.unregistered.delete(key);
  insert(tx, machine);
  enter(tx, machine, "known");
  indexUuids(tx, undefined, machine);
  post(tx, by, "VmRegisteredEvent", { vm: machine });
  return machine;
}

/** The datastore of a name in the datacenter of a folder. */
function datastoreIn(tx: Draft, folder: number, name: string): DatastoreRecord {
  const { datastores } = record(tx, "Datacenter", datacenterOf(tx, folder));
  for (const id of datastores.keys()) {
    const store = record(tx, "Datastore", id);
    if (store.name === name) return store;
  }
  throw fault("InvalidDatastore", { name }, `There is no datastore '${name}' in this datacenter.`);
}
