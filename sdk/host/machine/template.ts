import { invalidPowerState, invalidState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { replaceMachine } from "./links.ts";
import { placeOn } from "./placement.ts";
import { moveToHost, requireHostFor } from "./rehost.ts";

/** A machine becomes a template: it can no longer be run or changed, and is in no resource pool. */
export function markAsTemplate(tx: Draft, machine: MachineRecord): MachineRecord {
  if (machine.template) throw invalidState(`'${machine.name}' is a template already.`);
  if (machine.power !== "poweredOff") throw invalidPowerState(machine.power, "poweredOff", machine.name);
  tx.change("ResourcePool", machine.pool, ({ vms }) => ({ vms: vms.delete(machine.id) }));
  return replaceMachine(tx, machine, { ...machine, template: true, pool: 0 });
}

/** A template becomes a machine again, in a pool and on one of the pool's hosts. */
export function markAsMachine(
  tx: Draft,
  machine: MachineRecord,
  pool: number,
  wanted: number | undefined,
): MachineRecord {
  if (!machine.template) throw invalidState(`'${machine.name}' is no template.`);
  const host = placeOn(tx, pool, wanted);
  requireHostFor(tx, host, machine);
  tx.change("ResourcePool", pool, ({ vms }) => ({ vms: vms.set(machine.id, true) }));
  const moved = moveToHost(tx, machine, host.id);
  return replaceMachine(tx, moved, { ...moved, template: false, pool });
}
