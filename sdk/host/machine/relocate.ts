import { connectPorts } from "../network/ports.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { datacenterOf, move } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { memoryAccount } from "../storage/accounts.ts";
import { dropDirectory } from "../storage/directory.ts";
import { homeBytes } from "../storage/files.ts";
import { homePath } from "../storage/home.ts";
import { takeSpace } from "../storage/space.ts";
import type { Doer } from "./create.ts";
import { directoryOn } from "./directories.ts";
import { enter, leave } from "./links.ts";
import { moveMemory } from "./memory-move.ts";
import { moveDisks } from "./move-disks.ts";
import { requireHostFor } from "./rehost.ts";
import type { RelocatePlan } from "./relocate-spec.ts";
import { requireRoom } from "./room.ts";

/** Moves a machine to another host, pool, folder or datastore, whether it runs or not. */
export function relocate(tx: Draft, by: Doer, before: MachineRecord, plan: RelocatePlan): MachineRecord {
  const home = { datastore: plan.datastore, directory: directoryOn(tx, before, plan.datastore, before.name) };
  const stored = plan.disks.size > 0 || home.datastore !== before.datastore;
  announce(tx, by, before, plan, stored);
  const moved = moveDisks(tx, { ...settledIn(before, home), ...home }, plan.disks);
  const memory = memoryAfter(tx, before, plan);
  const after: MachineRecord = {
    ...moved,
    ...memory,
    host: plan.host.id,
    pool: plan.pool,
    devices: plan.devices,
  };
  requireHostFor(tx, plan.host, after);
  relist(tx, before, after);
  if (home.datastore !== before.datastore) dropDirectory(tx, before.datastore, before.directory);
  for (const store of new Set([after.datastore, ...after.disks.map(({ layer }) => layer.datastore)]))
    requireRoom(tx, store);
  const settled = move(tx, after, plan.folder);
  post(tx, by, stored ? "VmRelocatedEvent" : "VmMigratedEvent", { vm: settled, more: origin(tx, before) });
  return settled;
}

/** Files that move are called as their new directory is. */
function settledIn(machine: MachineRecord, home: Pick<MachineRecord, "datastore">): MachineRecord {
  if (home.datastore === machine.datastore) return machine;
  const { stem: _stem, ...rest } = machine;
  return rest;
}

/**
 * Memory on another host is a copy: what machines there have in common with others is gone, and so is a fork's small swap file.
 * A fork that stays on its host but whose swap file moves has what it wrote charged to the other datastore.
 */
function memoryAfter(
  tx: Draft,
  { id, power, memory, forked, host, datastore }: MachineRecord,
  plan: RelocatePlan,
): Pick<MachineRecord, "memory" | "forked"> {
  const same = { memory, forked };
  if (power !== "poweredOn") return same;
  if (plan.host.id === host) {
    if (plan.datastore !== datastore) tx.rechargeSpace(memory, memoryAccount(tx, host, plan.datastore, forked));
    return same;
  }
  const account = memoryAccount(tx, plan.host.id, plan.datastore, false);
  return { memory: moveMemory(tx, id, memory, account), forked: false };
}

/** Takes a machine out of the lists that it was in and puts it into those it is in now, with what it takes of each. */
function relist(tx: Draft, before: MachineRecord, after: MachineRecord): void {
  leave(tx, before, "moved");
  tx.put(after);
  enter(tx, after, "moved");
  connectPorts(tx, before, after);
  takeSpace(tx, after.datastore, homeBytes(after), homePath(after, ".vmx"));
}

const hostArgument = (host: { readonly name: string; readonly kind: "HostSystem"; readonly id: number }) => ({
  _typeName: "HostEventArgument",
  name: host.name,
  host: { type: "HostSystem", value: `host-${host.id}` },
});

function announce(tx: Draft, by: Doer, vm: MachineRecord, plan: RelocatePlan, stored: boolean): void {
  const datastore = record(tx, "Datastore", plan.datastore);
  const hot = vm.power === "poweredOn";
  const type = hot ? "VmBeingHotMigratedEvent" : stored ? "VmBeingRelocatedEvent" : "VmBeingMigratedEvent";
  post(tx, by, type, {
    vm,
    more: {
      destHost: hostArgument(plan.host),
      destDatastore: { _typeName: "DatastoreEventArgument", name: datastore.name, datastore: refOf(datastore) },
    },
  });
}

function origin(tx: Draft, before: MachineRecord): Readonly<Record<string, unknown>> {
  const datastore = record(tx, "Datastore", before.datastore);
  const datacenter = record(tx, "Datacenter", datacenterOf(tx, before.host));
  return {
    sourceHost: hostArgument(record(tx, "HostSystem", before.host)),
    sourceDatacenter: { _typeName: "DatacenterEventArgument", name: datacenter.name, datacenter: refOf(datacenter) },
    sourceDatastore: { _typeName: "DatastoreEventArgument", name: datastore.name, datastore: refOf(datastore) },
  };
}
