import { PersistentMap } from "../cow/persistent-map.ts";
import type { Draft } from "../state/draft.ts";
import type { ComputeRecord, InventoryRecord, Members, NetworkRecord } from "../state/record.ts";
import type { PortgroupRecord } from "../state/switch-record.ts";
import { record } from "../state/view.ts";

const isCompute = (found: InventoryRecord | undefined): found is ComputeRecord =>
  found?.kind === "ClusterComputeResource" || found?.kind === "ComputeResource";

function networkRecord(tx: Draft, id: number): NetworkRecord | PortgroupRecord {
  const found = tx.object(id);
  if (found?.kind === "Network" || found?.kind === "DistributedVirtualPortgroup") return found;
  throw new Error(`No network with number ${id} in the state.`);
}

const withAll = (members: Members, ids: Iterable<number>): Members =>
  members.edit((draft) => {
    for (const id of ids) draft.set(id, true);
  });

/** Lets hosts have a network: they, what they belong to and the network itself know of it. */
export function connectHosts(tx: Draft, network: number, hosts: Iterable<number>): void {
  const list = [...hosts];
  if (list.length === 0) return;
  const found = networkRecord(tx, network);
  tx.put({ ...found, hosts: withAll(found.hosts, list) });
  for (const id of list) {
    const host = tx.change("HostSystem", id, ({ networks }) => ({ networks: networks.set(network, true) }));
    const owner = tx.object(host.parent);
    if (isCompute(owner) && !owner.networks.has(network))
      tx.put({ ...owner, networks: owner.networks.set(network, true) });
  }
}

/** Takes a network from hosts; a cluster has it for as long as one of its hosts does. */
export function disconnectHosts(tx: Draft, network: number, hosts: Iterable<number>): void {
  const list = [...hosts];
  if (list.length === 0) return;
  const found = networkRecord(tx, network);
  const kept = found.hosts.edit((draft) => {
    for (const id of list) draft.delete(id);
  });
  tx.put({ ...found, hosts: kept });
  const owners = new Set<number>();
  for (const id of list)
    owners.add(tx.change("HostSystem", id, ({ networks }) => ({ networks: networks.delete(network) })).parent);
  for (const id of owners) {
    const owner = tx.object(id);
    if (!isCompute(owner) || !owner.networks.has(network)) continue;
    const still = [...owner.hosts.keys()].some((host) => record(tx, "HostSystem", host).networks.has(network));
    if (!still) tx.put({ ...owner, networks: owner.networks.delete(network) });
  }
}

export const noMembers: Members = PersistentMap.empty<true>();
