import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { FolderRole, InventoryRecord } from "../state/record.ts";
import { datacenterOf, move } from "../state/tree.ts";
import { record } from "../state/view.ts";

/** The folders that a kind of object may be in. */
const homes: Partial<Record<InventoryRecord["kind"], FolderRole>> = {
  VirtualMachine: "v",
  ClusterComputeResource: "h",
  ComputeResource: "h",
  Datastore: "s",
  Network: "n",
  Datacenter: "d",
};

/** Moves an entity into a folder of its own datacenter that is for objects of its kind. */
export function relocateInTree(tx: Draft, moved: InventoryRecord, folder: number): void {
  const target = record(tx, "Folder", folder);
  const home = moved.kind === "Folder" ? moved.role : homes[moved.kind];
  if (home !== target.role) {
    throw fault(
      "NotSupported",
      {},
      `'${moved.name}' cannot be moved into '${target.name}': that folder is for other objects.`,
    );
  }
  if (home !== "d" && datacenterOf(tx, moved.id) !== datacenterOf(tx, folder)) {
    throw fault(
      "NotSupported",
      {},
      `'${moved.name}' cannot be moved to another datacenter by moving it between folders.`,
    );
  }
  move(tx, moved, folder);
}
