import type { Reader } from "../properties/derivation.ts";
import { unescapeName } from "../state/name.ts";
import type { InventoryRecord } from "../state/record.ts";

/** The child of a name in an object, as inventory paths go: machines are in folders, hosts and pools in their compute resource. */
export function childNamed(reader: Reader, parent: InventoryRecord, name: string): InventoryRecord | undefined {
  const wanted = unescapeName(name);
  const first = (ids: Iterable<number>) => {
    for (const id of ids) {
      const child = reader.object(id);
      if (child?.name === wanted) return child;
    }
    return undefined;
  };
  switch (parent.kind) {
    case "Folder":
    case "ResourcePool":
      return reader.object(parent.names.get(wanted) ?? 0);
    case "Datacenter":
      return first(Object.values(parent.folders));
    case "ComputeResource":
    case "ClusterComputeResource":
      return first([parent.pool, ...parent.hosts.keys()]);
    default:
      return undefined;
  }
}

/** The object at an inventory path: `/DC0/vm/servers/web-01`, names escaped, from the root folder, which is `/`. */
export function atPath(reader: Reader, path: string): InventoryRecord | undefined {
  let at = reader.object(reader.core.rootFolder);
  for (const name of path.split("/")) if (at && name !== "") at = childNamed(reader, at, name);
  return at;
}
