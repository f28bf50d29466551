import { invalidState } from "../faults.ts";
import type { Doer } from "../machine/create.ts";
import { requireReady } from "../machine/overhead.ts";
import { placeOn } from "../machine/placement.ts";
import { powerOff } from "../machine/power.ts";
import { moveToHost, requireHostFor } from "../machine/rehost.ts";
import { relocate } from "../machine/relocate.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";

const machinesOn = (view: View, host: HostRecord): MachineRecord[] =>
  [...host.vms.keys()].map((id) => record(view, "VirtualMachine", id));

/**
 * Puts a host into maintenance mode. No machine may run on it: a cluster with DRS moves those that do to its other hosts, and the
 * others too where that is asked for. Throws InvalidState where some stay: a vCenter would wait for somebody to stop them.
 */
export function enterMaintenance(tx: Draft, by: Doer, id: number, evacuateOthers: boolean): void {
  const host = record(tx, "HostSystem", id);
  if (host.maintenance) return;
  requireReady(host);
  post(tx, by, "EnteringMaintenanceModeEvent", { host: id });
  // From here on nothing is placed on it.
  tx.change("HostSystem", id, () => ({ maintenance: true }));
  const owner = tx.object(host.parent);
  const drs = owner?.kind === "ClusterComputeResource" && owner.drs;
  for (const machine of machinesOn(tx, host)) {
    if (machine.power === "poweredOff") {
      if (evacuateOthers && drs && machine.pool !== 0) moveToHost(tx, machine, targetFor(tx, machine).id);
    } else if (drs && machine.power === "poweredOn") {
      migrate(tx, by, machine);
    } else if (machine.power === "poweredOn") {
      throw invalidState(
        `'${machine.name}' runs on '${host.name}', and nothing moves it. Move it or power it off first.`,
      );
    }
  }
  post(tx, by, "EnteredMaintenanceModeEvent", { host: id });
}

function targetFor(tx: Draft, machine: MachineRecord): HostRecord {
  const host = placeOn(tx, machine.pool, undefined);
  requireHostFor(tx, host, machine);
  return host;
}

/** Moves a running machine to another host of its cluster. */
function migrate(tx: Draft, by: Doer, machine: MachineRecord): void {
  const { pool, parent: folder, datastore, devices } = machine;
  relocate(tx, by, machine, { host: targetFor(tx, machine), pool, folder, datastore, devices, disks: new Map() });
}

export function exitMaintenance(tx: Draft, by: Doer, id: number): void {
  const host = record(tx, "HostSystem", id);
  if (!host.maintenance) throw invalidState(`The host '${host.name}' is not in maintenance mode.`);
  tx.put({ ...host, maintenance: false });
  post(tx, by, "ExitMaintenanceModeEvent", { host: id });
}

/** Starts a host anew. It must be in maintenance mode, unless it is forced: then its machines lose their power. */
export function reboot(tx: Draft, by: Doer, id: number, force: boolean): void {
  const host = record(tx, "HostSystem", id);
  if (!host.maintenance && !force)
    throw invalidState(`The host '${host.name}' is not in maintenance mode. Enter it first, or force it.`);
  if (host.connection !== "connected") requireReady(host);
  for (const machine of machinesOn(tx, host)) if (machine.power === "poweredOn") powerOff(tx, by, machine);
  tx.change("HostSystem", id, () => ({ booted: tx.now }));
}
