import { invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { networksOf } from "./devices.ts";
import { datastoresOf } from "./links.ts";
import { reservedBytes } from "./overhead.ts";
import { placeOn } from "./placement.ts";
import { requireReachable } from "./reach.ts";

/** Throws unless a host has all datastores and networks of a machine. */
export function requireHostFor(view: View, host: HostRecord, machine: MachineRecord): void {
  for (const id of datastoresOf(machine)) requireReachable(record(view, "Datastore", id), host);
  for (const id of networksOf(machine))
    if (!host.networks.has(id))
      throw invalidArgument(
        "host",
        `The host '${host.name}' does not have the network '${view.object(id)?.name ?? "that was removed"}'.`,
      );
}

/**
 * Where a machine is powered on: on the host asked for, else where it is; but a cluster with DRS looks for another host when that
 * one is not ready or has no memory left.
 */
export function hostForPower(view: View, machine: MachineRecord, wanted: number | undefined): HostRecord {
  if (wanted !== undefined && wanted !== machine.host) {
    const host = placeOn(view, machine.pool, wanted);
    requireHostFor(view, host, machine);
    return host;
  }
  const here = record(view, "HostSystem", machine.host);
  const ready = !here.maintenance && here.connection === "connected";
  if (
    ready &&
    here.memoryBytes - here.reservedBytes >= reservedBytes({ ...machine, power: "poweredOn", forked: false })
  )
    return here;
  const owner = view.object(here.parent);
  if (machine.power === "suspended" || owner?.kind !== "ClusterComputeResource" || !owner.drs) return here;
  const other = placeOn(view, machine.pool, undefined);
  requireHostFor(view, other, machine);
  return other;
}

/** Moves a machine that does not run to another host. */
export function moveToHost(tx: Draft, machine: MachineRecord, host: number): MachineRecord {
  if (host === machine.host) return machine;
  tx.change("HostSystem", machine.host, ({ vms }) => ({
    vms: vms.delete(machine.id),
  }));
  tx.change("HostSystem", host, ({ vms }) => ({
    vms: vms.set(machine.id, true),
  }));
  const moved = { ...machine, host };
  tx.put(moved);
  return moved;
}
