import type { ManagedType, Ref } from "../../sdk/index.ts";
import { readPath } from "./load.ts";
import { isRef, reference } from "./values.ts";
import type { VIObject } from "./vi-object.ts";

/** What a container view can be made of. */
const containers = new Set<string>([
  "Folder",
  "Datacenter",
  "ClusterComputeResource",
  "ComputeResource",
  "ResourcePool",
  "HostSystem",
]);

/** Which way to go from an object to those of a type that it belongs to or that belong to it. */
const listed: Readonly<Record<string, Readonly<Partial<Record<ManagedType, string>>>>> = {
  VirtualMachine: {
    HostSystem: "runtime.host",
    Datastore: "datastore",
    ResourcePool: "resourcePool",
    Folder: "parent",
  },
  HostSystem: { Datastore: "datastore", VirtualMachine: "vm" },
  ClusterComputeResource: { Datastore: "datastore" },
  Datastore: { VirtualMachine: "vm", HostSystem: "host" },
  Datacenter: { Datastore: "datastore" },
  Network: { VirtualMachine: "vm" },
};

/** The objects of a type that lie below an object, that it is on, or that it uses. */
export async function relatedTo(object: VIObject, type: ManagedType, signal?: AbortSignal): Promise<readonly Ref[]> {
  const path = listed[object.ref.type]?.[type];
  if (path !== undefined) return refsIn(await readPath(object, path));
  const above = await aboveOf(object, type);
  if (above) return [above];
  return containers.has(object.ref.type) ? below(object, type, signal) : [];
}

/** References in a property: one, several, or those that a datastore's host mounts hold. */
function refsIn(value: unknown): Ref[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => {
    if (isRef(item)) return [item];
    const key = typeof item === "object" && item !== null && "key" in item ? reference(item.key) : undefined;
    return key ? [key] : [];
  });
}

/** The nearest object of a type on the way up; from a machine by its host, to find its cluster. */
async function aboveOf(object: VIObject, type: ManagedType): Promise<Ref | undefined> {
  const first = object.ref.type === "VirtualMachine" && type === "ClusterComputeResource" ? "runtime.host" : "parent";
  const { session } = object.connection;
  for (let at = reference(await readPath(object, first)); at; ) {
    if (at.type === type) return at;
    const [row]: readonly Readonly<Record<string, unknown>>[] = await session.retrieve<ManagedType, string>(
      [at],
      ["parent"],
    );
    at = reference(row?.parent);
  }
  return undefined;
}

async function below(object: VIObject, type: ManagedType, signal?: AbortSignal): Promise<readonly Ref[]> {
  const { session } = object.connection;
  const manager = session.content.viewManager;
  if (!manager) return [];
  const args = {
    container: object.ref as Ref<"ManagedEntity">,
    type: [type],
    recursive: true,
  };
  const view = await session.call(manager, "CreateContainerView", args, {
    signal,
  });
  const [row] = await session.retrieve([view], ["view"], { signal });
  await session.call<"ContainerView", "DestroyView">(view, "DestroyView", {});
  return row?.view ?? [];
}
