import type { ManagedType, Ref } from "../../vim/index.ts";
import type { Reader } from "../properties/derivation.ts";
import { datastoreBrowserOf, environmentBrowserOf, hostServicesOf } from "../properties/values.ts";
import type { SessionObject } from "../session/session.ts";
import { numberIn, refOf, taskRef } from "../state/id.ts";
import type { InventoryRecord, Kind } from "../state/record.ts";

/**
 * How an object is known in here: an object of the inventory by its number, a task by its number below zero, anything else by its
 * id. So a hundred thousand of them are a set of small integers.
 */
export type Key = number | string;

/** An object as it is in a state. */
export interface Found {
  readonly key: Key;
  readonly ref: Ref;
  readonly type: string;
  /** What its properties are derived from. */
  readonly record: unknown;
}

const kinds: ReadonlySet<string> = new Set<Kind>([
  "Folder",
  "Datacenter",
  "ClusterComputeResource",
  "ComputeResource",
  "HostSystem",
  "ResourcePool",
  "Datastore",
  "Network",
  "VmwareDistributedVirtualSwitch",
  "DistributedVirtualPortgroup",
  "VirtualMachine",
  "VirtualMachineSnapshot",
]);

export function keyOf(ref: Ref<ManagedType>): Key {
  if (kinds.has(ref.type)) return numberIn(ref.value);
  return ref.type === "Task" ? -numberIn(ref.value) : ref.value;
}

/** The object of a key, or undefined if there is none (any more). */
export function find(reader: Reader, key: Key): Found | undefined {
  if (typeof key === "string") return findOther(reader, key);
  if (key < 0) {
    const task = reader.task(-key);
    return task && { key, ref: taskRef(task), type: "Task", record: task };
  }
  const record = reader.object(key);
  return record && { key, ref: refOf(record), type: record.kind, record };
}

/** The object that a caller's reference names, if it is there. */
export function lookUp(reader: Reader, ref: Ref<ManagedType>): Found | undefined {
  const found = find(reader, keyOf(ref));
  return found && found.ref.type === ref.type && found.ref.value === ref.value ? found : undefined;
}

function findOther(reader: Reader, id: string): Found | undefined {
  const own = reader.session?.objects.get(id);
  if (own) return { key: id, ref: own.ref, type: own.ref.type, record: own };
  const ref = reader.core.singletons.get(id);
  if (ref) return { key: id, ref, type: ref.type, record: ref.type === "PropertyCollector" ? unused : ref };
  return findBrowser(reader, id);
}

/** A session's own property collector as long as nothing was asked of it. */
const unused: Pick<SessionObject, "property"> = { property: (name) => (name === "filter" ? [] : undefined) };

/** Browsers and options have no record of their own: they belong to the object whose number is in their id. */
function findBrowser(reader: Reader, id: string): Found | undefined {
  const owner = reader.object(numberIn(id));
  if (!owner) return undefined;
  for (const ref of belongingsOf(owner)) if (ref.value === id) return { key: id, ref, type: ref.type, record: owner };
  return undefined;
}

export function belongingsOf(owner: InventoryRecord): Ref[] {
  switch (owner.kind) {
    case "VirtualMachine":
    case "ComputeResource":
    case "ClusterComputeResource":
      return [environmentBrowserOf(owner)];
    case "HostSystem":
      return [datastoreBrowserOf(owner), ...Object.values(hostServicesOf(owner))];
    case "Datastore":
      return [datastoreBrowserOf(owner)];
    default:
      return [];
  }
}
