import type { Handlers } from "../call.ts";
import { fault, notSupported } from "../faults.ts";
import { createPool } from "../inventory/create.ts";
import { destroyEntity } from "../inventory/destroy.ts";
import { resolve } from "../inventory/lookup.ts";
import { poolConfig } from "../inventory/pool-config.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import { wantedName } from "../state/name.ts";
import type { InventoryRecord, PoolRecord } from "../state/record.ts";
import { move, rename } from "../state/tree.ts";
import { record } from "../state/view.ts";

/** Machines and pools may move between the pools of one compute resource. */
function moveInto(tx: Draft, pool: PoolRecord, moved: InventoryRecord): void {
  if (moved.kind === "ResourcePool") {
    if (moved.owner !== pool.owner) throw notSupported("Moving a resource pool to another cluster");
    move(tx, moved, pool.id);
    return;
  }
  if (moved.kind !== "VirtualMachine") throw fault("InvalidArgument", { invalidProperty: "list" }, `'${moved.name}' is in no resource pool.`);
  if (moved.pool === 0 || record(tx, "ResourcePool", moved.pool).owner !== pool.owner) {
    throw notSupported(`Moving '${moved.name}' to another cluster`);
  }
  tx.change("ResourcePool", moved.pool, (from) => ({ vms: from.vms.delete(moved.id) }));
  tx.change("ResourcePool", pool.id, (to) => ({ vms: to.vms.set(moved.id, true) }));
  tx.put({ ...moved, pool: pool.id });
}

export const resourcePool: Handlers<"ResourcePool"> = {
  CreateResourcePool({ core, id }, { name, spec }) {
    return core.universe.transact((tx) =>
      refOf(createPool(tx, record(tx, "ResourcePool", id), wantedName(name), poolConfig(spec))),
    );
  },

  UpdateConfig({ core, id }, { name, config }) {
    core.universe.transact((tx) => {
      const pool = record(tx, "ResourcePool", id);
      const named = name === undefined ? pool : rename(tx, pool, wantedName(name));
      if (config) tx.put({ ...named, config: poolConfig(config) });
    });
  },

  MoveIntoResourcePool({ core, id }, { list }) {
    core.universe.transact((tx) => {
      for (const ref of list) moveInto(tx, record(tx, "ResourcePool", id), resolve(tx, ref));
    });
  },

  DestroyChildren({ core, id, session }) {
    core.universe.transact((tx) => {
      const by = { user: session?.userName ?? "", chain: 0 };
      for (const child of record(tx, "ResourcePool", id).pools.keys()) destroyEntity(tx, by, record(tx, "ResourcePool", child));
    });
  },
};

