import { connectPorts } from "../network/ports.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { setFilesIn } from "../storage/directory.ts";
import { homeBytes, layerBytes } from "../storage/files.ts";
import { homePath } from "../storage/home.ts";
import { chainOf } from "../storage/layers.ts";
import { giveSpace, requireSpace, takeSpace } from "../storage/space.ts";
import { changePool, nothingReserved, plus, reservedFor } from "./admission.ts";
import { networksOf } from "./devices.ts";
import { joinLineage, leaveLineage } from "./lineage.ts";
import { requireHostMemory, reservedBytes } from "./overhead.ts";

/** The datastores that a machine has files on, those of the disk files below its own included. */
export function datastoresOf(machine: Pick<MachineRecord, "datastore" | "disks">): ReadonlySet<number> {
  const found = new Set([machine.datastore]);
  for (const disk of machine.disks) for (const layer of chainOf(disk.layer)) found.add(layer.datastore);
  return found;
}

/**
 * Makes a new machine known to all that list machines but its folder, and takes what it takes: the bytes of its files and
 * the memory that its host sets aside. Each record is put once. `known` files are there and counted already; so are those of a
 * machine that has `moved`, which is nobody new.
 */
export function enter(tx: Draft, machine: MachineRecord, files: "new" | "known" | "moved" = "new"): void {
  const { id } = machine;
  if (files !== "moved") joinLineage(tx, machine);
  const host = record(tx, "HostSystem", machine.host);
  const reserved = reservedBytes(machine);
  requireHostMemory(tx, host, reserved, machine.name);
  tx.put({ ...host, vms: host.vms.set(id, true), reservedBytes: host.reservedBytes + reserved });
  if (machine.pool !== 0)
    changePool(tx, machine.pool, reservedFor(machine), machine.name, ({ vms }) => ({ vms: vms.set(id, true) }));
  for (const network of networksOf(machine)) listOn(tx, network, id, true);
  if (files !== "moved") connectPorts(tx, undefined, machine);
  for (const number of datastoresOf(machine)) {
    if (files === "new") enterWithFiles(tx, machine, number);
    else tx.change("Datastore", number, ({ vms }) => ({ vms: vms.set(id, true) }));
  }
}

function enterWithFiles(tx: Draft, machine: MachineRecord, number: number): void {
  const { id, directory } = machine;
  const store = record(tx, "Datastore", number);
  const home = number === machine.datastore;
  let bytes = home ? homeBytes(machine) : 0;
  let count = 0;
  for (const { layer } of machine.disks)
    if (layer.datastore === number) {
      bytes += layerBytes(layer);
      count++;
    }
  requireSpace(tx, store, bytes, homePath(machine, ".vmx"));
  if (home) setFilesIn(tx, number, directory, count);
  tx.put({
    ...store,
    vms: store.vms.set(id, true),
    directories: home ? store.directories.set(directory, id) : store.directories,
    fileBytes: store.fileBytes + bytes,
  });
}

/** Takes a machine out of all lists but its folder's, and gives back what it took but its disk files. */
export function leave(tx: Draft, machine: MachineRecord, files: "gone" | "moved" = "gone"): void {
  const { id } = machine;
  if (files !== "moved") leaveLineage(tx, machine);
  tx.change("HostSystem", machine.host, (host) => ({
    vms: host.vms.delete(id),
    reservedBytes: host.reservedBytes - reservedBytes(machine),
  }));
  if (machine.pool !== 0) {
    const less = plus(nothingReserved, reservedFor(machine), -1);
    changePool(tx, machine.pool, less, machine.name, ({ vms }) => ({ vms: vms.delete(id) }));
  }
  for (const network of networksOf(machine)) listOn(tx, network, id, false);
  if (files !== "moved") connectPorts(tx, machine, undefined);
  for (const number of datastoresOf(machine))
    tx.change("Datastore", number, ({ vms, fileBytes }) => ({
      vms: vms.delete(id),
      fileBytes: number === machine.datastore ? fileBytes - homeBytes(machine) : fileBytes,
    }));
}

/**
 * Puts a machine's next record. What it takes of its host and its datastore goes with its power state and its size, and is
 * taken or given back here; disk files are another matter. It moves between lists where networks or datastores have changed.
 */
export function replaceMachine(tx: Draft, before: MachineRecord, after: MachineRecord): MachineRecord {
  const { id } = after;
  tx.put(after);
  takeDifference(tx, before, after);
  if (before.base !== after.base || before.devices !== after.devices)
    relist(new Set(networksOf(before)), new Set(networksOf(after)), (network, member) =>
      listOn(tx, network, id, member),
    );
  connectPorts(tx, before, after);
  if (before.disks !== after.disks)
    relist(datastoresOf(before), datastoresOf(after), (datastore, member) =>
      tx.change("Datastore", datastore, ({ vms }) => ({ vms: member ? vms.set(id, true) : vms.delete(id) })),
    );
  return after;
}

function takeDifference(tx: Draft, before: MachineRecord, after: MachineRecord): void {
  const memory = reservedBytes(after) - reservedBytes(before);
  if (memory !== 0) {
    const host = record(tx, "HostSystem", after.host);
    if (memory > 0) requireHostMemory(tx, host, memory, after.name);
    tx.put({ ...host, reservedBytes: host.reservedBytes + memory });
  }
  const reserved = plus(reservedFor(after), reservedFor(before), -1);
  if (after.pool !== 0 && (reserved.memoryBytes !== 0 || reserved.cpuMhz !== 0))
    changePool(tx, after.pool, reserved, after.name);
  const files = homeBytes(after) - homeBytes(before);
  if (files > 0) takeSpace(tx, after.datastore, files, homePath(after, ".vswp"));
  else giveSpace(tx, after.datastore, -files);
}

/** Puts a machine on a network's list, or takes it off; a snapshot may bring back a card whose network is gone. */
function listOn(tx: Draft, network: number, machine: number, member: boolean): void {
  const found = tx.object(network);
  if (found?.kind !== "Network" && found?.kind !== "DistributedVirtualPortgroup") return;
  tx.put({ ...found, vms: member ? found.vms.set(machine, true) : found.vms.delete(machine) });
}

/** Calls for every number that is in only one of two sets. */
function relist(
  before: ReadonlySet<number>,
  after: ReadonlySet<number>,
  on: (id: number, member: boolean) => void,
): void {
  for (const id of before) if (!after.has(id)) on(id, false);
  for (const id of after) if (!before.has(id)) on(id, true);
}
