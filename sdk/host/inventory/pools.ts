import { invalidArgument, notSupported } from "../faults.ts";
import { changePool, nothingReserved, passUp, plus, reservedFor } from "../machine/admission.ts";
import type { Draft } from "../state/draft.ts";
import type { InventoryRecord, PoolRecord } from "../state/record.ts";
import { move, remove } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { unlimited } from "./pool-config.ts";

/** Moves a machine or a pool into a pool of the same compute resource. */
export function moveIntoPool(tx: Draft, pool: number, moved: InventoryRecord): void {
  const { owner } = record(tx, "ResourcePool", pool);
  if (moved.kind === "ResourcePool") {
    if (moved.owner !== owner) throw notSupported(`Moving the resource pool '${moved.name}' to another cluster`);
    if (tx.object(moved.parent)?.kind !== "ResourcePool") throw notSupported("Moving a root resource pool");
    if (moved.parent === pool) return;
    passUp(tx, moved, { ...moved, ...unused }, moved.name);
    passUp(tx, undefined, move(tx, moved, pool), moved.name);
    return;
  }
  if (moved.kind !== "VirtualMachine" || moved.pool === 0)
    throw invalidArgument("list", `'${moved.name}' is neither a virtual machine nor a resource pool.`);
  if (record(tx, "ResourcePool", moved.pool).owner !== owner)
    throw notSupported(`Moving '${moved.name}' to another cluster`);
  const reserved = reservedFor(moved);
  const less = plus(nothingReserved, reserved, -1);
  changePool(tx, moved.pool, less, moved.name, ({ vms }) => ({ vms: vms.delete(moved.id) }));
  changePool(tx, pool, reserved, moved.name, ({ vms }) => ({ vms: vms.set(moved.id, true) }));
  tx.put({ ...moved, pool });
}

/** Takes a pool away; what is in it goes to the pool above it. */
export function destroyPool(tx: Draft, doomed: PoolRecord): void {
  const above = tx.object(doomed.parent);
  if (above?.kind !== "ResourcePool") throw notSupported(`Destroying the root resource pool '${doomed.name}'`);
  for (const id of doomed.pools.keys()) move(tx, record(tx, "ResourcePool", id), above.id);
  adopt(tx, above.id, doomed);
  remove(tx, record(tx, "ResourcePool", doomed.id));
}

/** Takes all pools below one away; it gets the machines that were in them. */
export function destroyPoolsBelow(tx: Draft, pool: number): void {
  for (const id of record(tx, "ResourcePool", pool).pools.keys()) {
    destroyPoolsBelow(tx, id);
    const child = record(tx, "ResourcePool", id);
    adopt(tx, pool, child);
    remove(tx, child);
  }
}

/** What a pool takes that is not there any more. */
const unused = { config: unlimited, reserved: nothingReserved };

/** The machines of a pool that goes are those of the one above, and so is what is set aside for them and for pools that were in it. */
function adopt(tx: Draft, pool: number, from: PoolRecord): void {
  passUp(tx, from, { ...from, ...unused }, from.name);
  changePool(tx, pool, from.reserved, from.name, undefined, from.machinesReserved);
  if (from.vms.size === 0) return;
  for (const id of from.vms.keys()) tx.change("VirtualMachine", id, () => ({ pool }));
  tx.change("ResourcePool", pool, ({ vms }) => ({
    vms: vms.edit((draft) => {
      for (const id of from.vms.keys()) draft.set(id, true);
    }),
  }));
}
