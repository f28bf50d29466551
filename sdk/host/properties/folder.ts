import type { FolderRecord, FolderRole } from "../state/record.ts";
import { links } from "./derivation.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";

const childTypes: Readonly<Record<FolderRole, readonly string[]>> = {
  d: ["Folder", "Datacenter"],
  h: ["Folder", "ComputeResource"],
  v: ["Folder", "VirtualMachine", "VirtualApp"],
  s: ["Folder", "Datastore", "StoragePod"],
  n: ["Folder", "Network", "DistributedVirtualSwitch"],
};

export const folder: Table<"Folder", FolderRecord> = {
  ...entity(),
  childType: (record) => childTypes[record.role],
  childEntity: links((record) => record.children),
};
