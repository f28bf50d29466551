import { fault, notSupported } from "../faults.ts";
import { removeHost, removeStandalone } from "../hosts/remove.ts";
import { destroyMachine } from "../machine/destroy.ts";
import { destroyPortgroup } from "../network/portgroups.ts";
import { destroySwitch } from "../network/switches.ts";
import type { Draft } from "../state/draft.ts";
import type { DatacenterRecord, InventoryRecord } from "../state/record.ts";
import { remove } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { destroyPool, destroyPoolsBelow } from "./pools.ts";

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
    case "Folder":
      if (tx.object(doomed.parent)?.kind !== "Folder")
        throw notSupported(`Destroying '${doomed.name}', a system folder,`);
      for (const id of doomed.children.keys()) {
        // A switch takes its port groups with it.
        const child = tx.object(id);
        if (child) destroyEntity(tx, by, child);
      }
      remove(tx, record(tx, "Folder", doomed.id));
      break;
    case "Datacenter":
      destroyDatacenter(tx, doomed);
      break;
    case "HostSystem":
      removeHost(tx, by, doomed);
      break;
    case "ComputeResource":
      removeStandalone(tx, by, doomed);
      break;
    case "ClusterComputeResource":
      if (doomed.hosts.size > 0) throw inUse(doomed, "it has hosts");
      destroyPoolsBelow(tx, doomed.pool);
      remove(tx, record(tx, "ResourcePool", doomed.pool));
      remove(tx, doomed);
      break;
    case "VmwareDistributedVirtualSwitch":
      destroySwitch(tx, by, doomed);
      break;
    case "DistributedVirtualPortgroup":
      destroyPortgroup(tx, by, doomed);
      break;
    default:
      throw notSupported(`Destroying '${doomed.name}', a ${doomed.kind},`);
  }
}

function destroyDatacenter(tx: Draft, doomed: DatacenterRecord): void {
  const folders = Object.values(doomed.folders).map((id) => record(tx, "Folder", id));
  for (const { children, name } of folders)
    if (children.size > 0) throw inUse(doomed, `its folder '${name}' is not empty`);
  for (const folder of folders) remove(tx, folder);
  remove(tx, doomed);
}

const inUse = ({ kind, name }: InventoryRecord, why: string) =>
  fault("ResourceInUse", { type: kind, name }, `'${name}' is in use: ${why}.`);
