import { type Call, type Handlers, sessionOf } from "../call.ts";
import { importMachine } from "../export/import-machine.ts";
import { createPool } from "../inventory/create.ts";
import { resolve } from "../inventory/lookup.ts";
import { poolConfig } from "../inventory/pool-config.ts";
import { destroyPoolsBelow, moveIntoPool } from "../inventory/pools.ts";
import { renameEntity } from "../inventory/rename.ts";
import { passUp } from "../machine/admission.ts";
import { requirePrivilege } from "../session/privileges.ts";
import type { Draft } from "../state/draft.ts";
import { newChain } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import { wantedName } from "../state/name.ts";
import { record } from "../state/view.ts";

/** One transaction that may change the pool that the call is made on, by who has the privileges for it. */
function change(call: Call, privileges: readonly string[], work: (tx: Draft) => void): void {
  call.core.universe.transact((tx) => {
    for (const privilege of privileges) requirePrivilege(tx, sessionOf(call), call.id, privilege);
    work(tx);
  });
}

export const resourcePool: Handlers<"ResourcePool"> = {
  CreateResourcePool: ({ core, id }, { name, spec }) =>
    core.universe.transact((tx) =>
      refOf(createPool(tx, record(tx, "ResourcePool", id), wantedName(name), poolConfig(spec, "spec"))),
    ),

  UpdateConfig(call, { name, config }) {
    const privileges = [
      ...(name === undefined ? [] : ["Resource.RenamePool"]),
      ...(config ? ["Resource.EditPool"] : []),
    ];
    change(call, privileges, (tx) => {
      const by = { user: sessionOf(call).userName, chain: newChain(tx) };
      const pool = record(tx, "ResourcePool", call.id);
      const named = name === undefined ? pool : renameEntity(tx, by, pool, wantedName(name));
      if (!config) return;
      const changed = { ...record(tx, "ResourcePool", named.id), config: poolConfig(config, "config", pool.config) };
      tx.put(changed);
      passUp(tx, named, changed, changed.name);
    });
  },

  MoveIntoResourcePool(call, { list }) {
    change(call, [], (tx) => {
      for (const ref of list) {
        const moved = resolve(tx, ref);
        const privilege = moved.kind === "ResourcePool" ? "Resource.MovePool" : "Resource.AssignVMToPool";
        for (const on of [moved.id, call.id]) requirePrivilege(tx, sessionOf(call), on, privilege);
        moveIntoPool(tx, call.id, moved);
      }
    });
  },

  ImportVApp: importMachine,

  DestroyChildren: (call) => change(call, ["Resource.DeletePool"], (tx) => destroyPoolsBelow(tx, call.id)),
};
