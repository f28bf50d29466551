import { kind } from "../kind.ts";
import { loadOne } from "../load.ts";
import { reference } from "../values.ts";
import type { Kind } from "../vi-object.ts";

/** The kind of folder that PowerCLI speaks of, by what may be in it. */
const kinds = [
  ["VirtualMachine", "VM"],
  ["ComputeResource", "HostAndCluster"],
  ["Datastore", "Datastore"],
  ["Network", "Network"],
] as const;

function folderType(childType: unknown): string {
  const types = Array.isArray(childType) ? childType : [];
  return kinds.find(([type]) => types.includes(type))?.[1] ?? "Datacenter";
}

/** What `Get-Folder` puts out. */
export const folder: Kind<"Folder"> = kind("Folder", "Folder", ["parent", "childType"], {
  Type: (values) => folderType(values.childType),
  Parent: (values, object) => {
    const parent = reference(values.parent);
    return parent?.type === "Folder" ? loadOne(object, folder, parent) : null;
  },
});
