import { fault, notSupported } from "../faults.ts";
import { destroyMachine } from "../machine/destroy.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import type { InventoryRecord, PoolRecord } from "../state/record.ts";
import { move, remove } from "../state/tree.ts";
import { record } from "../state/view.ts";

interface Doer {
  readonly user: string;
  readonly chain: number;
}

/** Destroys an entity with all below it. One that cannot go keeps the whole where it is: it is one transaction. */
export function destroyEntity(tx: Draft, by: Doer, doomed: InventoryRecord): void {
  switch (doomed.kind) {
    case "VirtualMachine":
      destroyMachine(tx, by, doomed);
      break;
    case "ResourcePool":
      destroyPool(tx, doomed);
      break;
    case "Folder": {
      const parent = tx.object(doomed.parent);
      if (parent?.kind !== "Folder")
        throw notSupported(`Destroying '${doomed.name}', a folder that its datacenter needs,`);
      for (const child of doomed.children.keys()) destroyChild(tx, by, child);
      remove(tx, record(tx, "Folder", doomed.id));
      break;
    }
    case "Datacenter": {
      for (const folder of Object.values(doomed.folders)) {
        const { children, name } = record(tx, "Folder", folder);
        if (children.size > 0) throw inUse(doomed, `its folder '${name}' is not empty`);
      }
      for (const folder of Object.values(doomed.folders)) remove(tx, record(tx, "Folder", folder));
      remove(tx, doomed);
      break;
    }
    case "ClusterComputeResource": {
      if (doomed.hosts.size > 0) throw inUse(doomed, "it has hosts");
      const root = record(tx, "ResourcePool", doomed.pool);
      for (const pool of root.pools.keys()) destroyPool(tx, record(tx, "ResourcePool", pool));
      remove(tx, record(tx, "ResourcePool", doomed.pool));
      remove(tx, doomed);
      break;
    }
    default:
      throw notSupported(`Destroying a ${doomed.kind}`);
  }
}

function destroyChild(tx: Draft, by: Doer, id: number): void {
  const child = tx.object(id);
  if (child) destroyEntity(tx, by, child);
}

/** A pool's children go to the pool above it. */
function destroyPool(tx: Draft, doomed: PoolRecord): void {
  const above = tx.object(doomed.parent);
  if (above?.kind !== "ResourcePool") throw notSupported(`Destroying the root resource pool '${doomed.name}'`);
  for (const id of doomed.vms.keys()) {
    tx.change("VirtualMachine", id, () => ({ pool: above.id }));
    tx.change("ResourcePool", above.id, (pool) => ({
      vms: pool.vms.set(id, true),
    }));
  }
  for (const id of doomed.pools.keys()) move(tx, record(tx, "ResourcePool", id), above.id);
  remove(tx, record(tx, "ResourcePool", doomed.id));
}

const inUse = (doomed: InventoryRecord, why: string) =>
  fault(
    "ResourceInUse",
    { type: doomed.kind, name: doomed.name },
    `'${doomed.name}' (${refOf(doomed).value}) is in use: ${why}.`,
  );
