import { notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { InventoryRecord } from "../state/record.ts";
import { rename } from "../state/tree.ts";

/** Gives an entity another name; its files keep theirs, as in vSphere. */
export function renameEntity(
  tx: Draft,
  by: { readonly user: string; readonly chain: number },
  entity: InventoryRecord,
  name: string,
): void {
  if (entity.kind === "HostSystem") throw notSupported("Renaming a host");
  if (entity.kind === "ResourcePool" && tx.object(entity.parent)?.kind !== "ResourcePool") {
    throw notSupported("Renaming a root resource pool");
  }
  const old = entity.name;
  const renamed = rename(tx, entity, name);
  if (renamed.kind === "VirtualMachine") {
    post(tx, by, "VmRenamedEvent", {
      vm: renamed,
      more: { oldName: old, newName: name },
    });
  }
}
