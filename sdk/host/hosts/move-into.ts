import { invalidArgument, invalidState } from "../faults.ts";
import { changePool, nothingReserved, plus, reservedFor } from "../machine/admission.ts";
import type { Draft } from "../state/draft.ts";
import type { HostRecord } from "../state/record.ts";
import { datacenterOf, remove } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { computeRecord, putHosts } from "./lists.ts";

/**
 * Moves a host into a cluster, with the machines on it, which go to the cluster's root pool. One that comes from another cluster
 * must be in maintenance mode; one that was on its own brings what runs there.
 */
export function moveHostInto(tx: Draft, cluster: number, host: HostRecord, pool?: number): void {
  const from = computeRecord(tx, host.parent);
  const to = record(tx, "ClusterComputeResource", cluster);
  if (from.id === to.id) return;
  if (datacenterOf(tx, from.id) !== datacenterOf(tx, to.id))
    throw invalidArgument("host", `The host '${host.name}' is in another datacenter.`);
  if (from.kind === "ClusterComputeResource" && !host.maintenance)
    throw invalidState(`The host '${host.name}' is not in maintenance mode. Enter it first.`);
  putHosts(tx, from, from.hosts.delete(host.id));
  tx.change("HostSystem", host.id, () => ({ parent: to.id }));
  putHosts(tx, to, to.hosts.set(host.id, true));
  const target = pool ?? to.pool;
  for (const id of host.vms.keys()) {
    const machine = record(tx, "VirtualMachine", id);
    if (machine.pool === 0) continue;
    const reserved = reservedFor(machine);
    const less = plus(nothingReserved, reserved, -1);
    changePool(tx, machine.pool, less, machine.name, ({ vms }) => ({ vms: vms.delete(id) }));
    changePool(tx, target, reserved, machine.name, ({ vms }) => ({ vms: vms.set(id, true) }));
    tx.put({ ...machine, pool: target });
  }
  if (from.kind !== "ComputeResource") return;
  const root = record(tx, "ResourcePool", from.pool);
  if (root.pools.size > 0)
    throw invalidState(`The resource pools of '${from.name}' are in the way. Remove them first.`);
  remove(tx, root);
  remove(tx, computeRecord(tx, from.id));
}
