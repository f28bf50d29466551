import type { Ref } from "../../vim/index.ts";
import { singleNumber } from "./esx-id.ts";
import type { InventoryRecord } from "./record.ts";
import type { TaskRecord } from "./task-record.ts";

/** vCenter's prefixes of managed object ids; a folder's carries the letter of its role, as `group-v3`. */
const prefixes = {
  Folder: "group-",
  Datacenter: "datacenter-",
  ClusterComputeResource: "domain-c",
  ComputeResource: "domain-s",
  HostSystem: "host-",
  ResourcePool: "resgroup-",
  Datastore: "datastore-",
  Network: "network-",
  VmwareDistributedVirtualSwitch: "dvs-",
  DistributedVirtualPortgroup: "dvportgroup-",
  VirtualMachine: "vm-",
  VirtualMachineSnapshot: "snapshot-",
} as const satisfies Record<InventoryRecord["kind"], string>;

/** The managed object id of a record. */
export function idOf(record: InventoryRecord): string {
  if (record.moid !== undefined) return record.moid;
  const prefix = prefixes[record.kind];
  return record.kind === "Folder" ? `${prefix}${record.role}${record.id}` : `${prefix}${record.id}`;
}

/** A reference to a record, as it travels. */
export function refOf<R extends InventoryRecord>(record: R): Ref<R["kind"]> {
  return Object.freeze({ type: record.kind, value: idOf(record) }) as Ref<R["kind"]>;
}

/** The number at the end of a managed object id, or that of an object whose id has none; 0 for any other text. */
export function numberIn(value: string): number {
  let at = value.length;
  while (at > 0 && value.charCodeAt(at - 1) >= 48 && value.charCodeAt(at - 1) <= 57) at--;
  const digits = value.slice(at);
  if (digits.length === 0) return singleNumber(value);
  return digits.length < 16 ? Number(digits) : 0;
}

/** References to tasks, which live in a table of their own. */
export function taskRef({ id, moid }: Pick<TaskRecord, "id" | "moid">): Ref<"Task"> {
  return Object.freeze({ type: "Task", value: moid ?? `task-${id}` });
}

/** True when a reference names this very record: the right type, prefix and number. */
export function names(ref: { readonly type: string; readonly value: string }, record: InventoryRecord): boolean {
  return ref.type === record.kind && ref.value === idOf(record);
}
