import { notSupported } from "../faults.ts";
import { postNetwork } from "../network/events.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { PortgroupRecord, SwitchRecord } from "../state/switch-record.ts";
import { rename } from "../state/tree.ts";

/** Gives an entity another name; its files keep theirs, as in vSphere. Throws DuplicateName. */
export function renameEntity<R extends InventoryRecord>(
  tx: Draft,
  by: { readonly user: string; readonly chain: number },
  entity: R,
  name: string,
): R {
  if (!mayBeRenamed(tx, entity)) throw notSupported(`Renaming '${entity.name}'`);
  const renamed = rename(tx, entity, name);
  if (renamed.kind === "VirtualMachine" && renamed.name !== entity.name)
    post(tx, by, "VmRenamedEvent", { vm: renamed, more: { oldName: entity.name, newName: name } });
  const event = networkEvents[renamed.kind];
  if (event && isDistributed(renamed) && renamed.name !== entity.name)
    postNetwork(tx, by, event, renamed, { oldName: entity.name, newName: name });
  return renamed;
}

const networkEvents: Partial<Record<InventoryRecord["kind"], string>> = {
  VmwareDistributedVirtualSwitch: "DvsRenamedEvent",
  DistributedVirtualPortgroup: "DVPortgroupRenamedEvent",
};
const isDistributed = (found: InventoryRecord): found is SwitchRecord | PortgroupRecord =>
  Object.hasOwn(networkEvents, found.kind);

/** Hosts are called what they are reached by; the root folder, a datacenter's own folders and root pools are named by the system. */
function mayBeRenamed(tx: Draft, { kind, parent }: InventoryRecord): boolean {
  if (kind === "HostSystem" || kind === "VirtualMachineSnapshot") return false;
  const above = tx.object(parent)?.kind;
  return kind === "ResourcePool" ? above === "ResourcePool" : above === "Folder";
}
