import { fault, notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import type { FolderRole, InventoryRecord } from "../state/record.ts";
import { datacenterOf, isBelow, move } from "../state/tree.ts";
import { record } from "../state/view.ts";

/** The folders that a kind of object may be in. */
const homes: Partial<Record<InventoryRecord["kind"], FolderRole>> = {
  VirtualMachine: "v",
  ClusterComputeResource: "h",
  ComputeResource: "h",
  Datastore: "s",
  Network: "n",
  DistributedVirtualPortgroup: "n",
  VmwareDistributedVirtualSwitch: "n",
  Datacenter: "d",
};

/** Moves an entity into a folder of its own datacenter that is for objects of its kind. */
export function relocateInTree(tx: Draft, moved: InventoryRecord, folder: number): void {
  const target = record(tx, "Folder", folder);
  const home = moved.kind === "Folder" ? moved.role : homes[moved.kind];
  const refused = (why: string) =>
    fault("InvalidFolder", { target: refOf(target) }, `'${moved.name}' cannot be moved into '${target.name}': ${why}.`);
  if (home !== target.role) throw refused("that folder is for other objects");
  if (isBelow(tx, folder, moved.id)) throw refused("it is that folder itself, or above it");
  if (tx.object(moved.parent)?.kind !== "Folder") throw notSupported(`Moving '${moved.name}', a system folder,`);
  if (home !== "d" && datacenterOf(tx, moved.id) !== datacenterOf(tx, folder))
    throw refused("that folder is in another datacenter");
  move(tx, moved, folder);
}
