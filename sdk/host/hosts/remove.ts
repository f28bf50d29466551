import { fault, invalidState } from "../faults.ts";
import type { Doer } from "../machine/create.ts";
import { leaveSwitch, switchesOf } from "../network/members.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { ComputeRecord, HostRecord } from "../state/record.ts";
import { remove } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { computeRecord, putHosts } from "./lists.ts";

/**
 * Takes a host out of the inventory. In a cluster it must be in maintenance mode or disconnected, and it must have no machines
 * left. A datastore that only it had goes with it when nothing is on it, and else stays, out of reach.
 */
export function removeHost(tx: Draft, by: Doer, host: HostRecord): void {
  const owner = computeRecord(tx, host.parent);
  if (owner.kind === "ClusterComputeResource" && !host.maintenance && host.connection === "connected")
    throw invalidState(`The host '${host.name}' is not in maintenance mode. Enter it or disconnect the host first.`);
  if (owner.kind === "ComputeResource") {
    removeStandalone(tx, by, owner);
    return;
  }
  announce(tx, by, host);
  takeOut(tx, by, host);
}

/** The event says which host it was: nobody can look that up any more. */
function announce(tx: Draft, by: Doer, host: HostRecord): void {
  const more = { host: { _typeName: "HostEventArgument", name: escapeName(host.name), host: refOf(host) } };
  post(tx, by, "HostRemovedEvent", { host: host.id, more });
}

/** Takes a host that is in no cluster out of the inventory, with the compute resource that stands for it. */
export function removeStandalone(tx: Draft, by: Doer, compute: ComputeRecord): void {
  for (const id of compute.hosts.keys()) {
    const host = record(tx, "HostSystem", id);
    announce(tx, by, host);
    takeOut(tx, by, host);
  }
  const pool = record(tx, "ResourcePool", compute.pool);
  if (pool.pools.size > 0) throw inUse(compute.name, "its resource pool has others in it");
  remove(tx, pool);
  remove(tx, computeRecord(tx, compute.id));
}

function takeOut(tx: Draft, by: Doer, host: HostRecord): void {
  if (host.vms.size > 0) throw inUse(host.name, "there are machines on it");
  for (const of of switchesOf(tx, host)) leaveSwitch(tx, by, of.id, host);
  const { id } = host;
  for (const datastore of host.datastores.keys()) {
    const { hosts, vms, directories, fileBytes, parent } = record(tx, "Datastore", datastore);
    tx.change("Datastore", datastore, () => ({ hosts: hosts.delete(id) }));
    if (hosts.size > 1 || vms.size > 0 || directories.size > 0 || fileBytes > 0) continue;
    remove(tx, record(tx, "Datastore", datastore));
    dropFromDatacenter(tx, parent, datastore);
  }
  for (const network of host.networks.keys()) {
    const found = tx.object(network);
    if (found && "hosts" in found && found.kind !== "ClusterComputeResource" && found.kind !== "ComputeResource")
      tx.put({ ...found, hosts: found.hosts.delete(id) });
  }
  remove(tx, record(tx, "HostSystem", id));
  const owner = computeRecord(tx, host.parent);
  putHosts(tx, owner, owner.hosts.delete(id));
}

function dropFromDatacenter(tx: Draft, from: number, datastore: number): void {
  for (let at = tx.object(from); at; at = tx.object(at.parent))
    if (at.kind === "Datacenter") {
      tx.put({ ...at, datastores: at.datastores.delete(datastore) });
      return;
    }
}

const inUse = (name: string, why: string) =>
  fault("ResourceInUse", { type: "HostSystem", name }, `'${name}' is in use: ${why}.`);
