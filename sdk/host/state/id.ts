import type { Ref } from "../../vim/index.ts";
import type { InventoryRecord } from "./record.ts";

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
  const prefix = prefixes[record.kind];
  return record.kind === "Folder" ? `${prefix}${record.role}${record.id}` : `${prefix}${record.id}`;
}

/** A reference to a record, as it travels. */
export function refOf<R extends InventoryRecord>(record: R): Ref<R["kind"]> {
  return Object.freeze({ type: record.kind, value: idOf(record) }) as Ref<R["kind"]>;
}

/** The number at the end of a managed object id, or 0 where there is none. */
export function numberIn(value: string): number {
  let at = value.length;
  while (at > 0 && value.charCodeAt(at - 1) >= 48 && value.charCodeAt(at - 1) <= 57) at--;
  const digits = value.slice(at);
  return digits.length > 0 && digits.length < 16 ? Number(digits) : 0;
}

/** References to tasks, which live in a table of their own. */
export function taskRef(number: number): Ref<"Task"> {
  return Object.freeze({ type: "Task", value: `task-${number}` });
}

/** True when a reference names this very record: the right type, prefix and number. */
export function names(ref: { readonly type: string; readonly value: string }, record: InventoryRecord): boolean {
  return ref.type === record.kind && ref.value === idOf(record);
}
