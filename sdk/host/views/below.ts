import type { Reader } from "../properties/derivation.ts";
import type { FolderRole, InventoryRecord, Kind } from "../state/record.ts";

/** What each folder of a datacenter can hold, at any depth. */
const held: Readonly<Record<FolderRole, readonly Kind[]>> = {
  d: [
    "Folder",
    "Datacenter",
    "ComputeResource",
    "ClusterComputeResource",
    "HostSystem",
    "ResourcePool",
    "VirtualMachine",
    "Datastore",
    "Network",
    "VmwareDistributedVirtualSwitch",
    "DistributedVirtualPortgroup",
  ],
  h: ["Folder", "ComputeResource", "ClusterComputeResource", "HostSystem", "ResourcePool", "VirtualMachine"],
  v: ["Folder", "VirtualMachine"],
  s: ["Folder", "Datastore"],
  n: ["Folder", "Network", "VmwareDistributedVirtualSwitch", "DistributedVirtualPortgroup"],
};

const roles = ["v", "h", "s", "n"] as const;

/** The objects directly in another one. Machines are in a folder, on a host and in a resource pool at once. */
export function* childrenOf(record: InventoryRecord): Iterable<number> {
  switch (record.kind) {
    case "Folder":
      yield* record.children.keys();
      return;
    case "Datacenter":
      for (const role of roles) yield record.folders[role];
      return;
    case "ComputeResource":
    case "ClusterComputeResource":
      yield record.pool;
      yield* record.hosts.keys();
      return;
    case "ResourcePool":
      yield* record.pools.keys();
      yield* record.vms.keys();
      return;
    case "HostSystem":
      yield* record.vms.keys();
  }
}

/** All objects of some kinds below another one, each once; branches that cannot hold any are not entered. */
export function* allBelow(id: number, reader: Reader, kinds: ReadonlySet<Kind>): Iterable<number> {
  const start = reader.object(id);
  if (!start) return;
  // Below a datacenter or above one, every machine is met in its folder.
  const byFolder = start.kind === "Datacenter" || (start.kind === "Folder" && start.role === "d");
  const met = new Set<number>();
  const open = [start];
  for (let record = open.pop(); record; record = open.pop()) {
    for (const child of enterable(record, kinds, byFolder)) {
      const object = reader.object(child);
      if (!object) continue;
      if (object.kind === "VirtualMachine" && !byFolder) {
        if (met.has(child)) continue;
        met.add(child);
      }
      if (kinds.has(object.kind)) yield child;
      if (object.kind !== "VirtualMachine") open.push(object);
    }
  }
}

function* enterable(record: InventoryRecord, kinds: ReadonlySet<Kind>, byFolder: boolean): Iterable<number> {
  if (record.kind === "Datacenter") {
    for (const role of roles) if (mayHold(role, kinds, byFolder)) yield record.folders[role];
  } else if (byFolder && record.kind === "ResourcePool") {
    yield* record.pools.keys();
  } else if (!(byFolder && record.kind === "HostSystem")) {
    yield* childrenOf(record);
  }
}

/** Machines are looked for among hosts and pools only where no folder would show them. */
const mayHold = (role: FolderRole, kinds: ReadonlySet<Kind>, byFolder: boolean) =>
  held[role].some((kind) => kinds.has(kind) && !(role === "h" && byFolder && kind === "VirtualMachine"));

/** Whether an object is below another one: through its folder, or for a machine through its host or resource pool too. */
export function isBelow(record: InventoryRecord, container: number, reader: Reader): boolean {
  if (climbs(record.parent, container, reader)) return true;
  return (
    record.kind === "VirtualMachine" &&
    (climbs(record.host, container, reader) || (record.pool !== 0 && climbs(record.pool, container, reader)))
  );
}

function climbs(from: number, container: number, reader: Reader): boolean {
  for (let at = from; at !== 0; at = reader.object(at)?.parent ?? 0) if (at === container) return true;
  return false;
}
