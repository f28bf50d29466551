import type { vim } from "../../vim/index.ts";
import { escapeName } from "../state/name.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { storageDevices } from "../storage/host-disks.ts";
import { vmfsUuid } from "../storage/volume.ts";
import { accessModeOf, volumeOf } from "./datastore.ts";
import { linked, links } from "./derivation.ts";
import type { Table } from "./table.ts";

export const hostDatastoreSystem: Table<"HostDatastoreSystem", HostRecord> = {
  datastore: links((host) => host.datastores),
  capabilities: () => ({
    nfsMountCreationRequired: true,
    nfsMountCreationSupported: true,
    localDatastoreSupported: true,
    vmfsExtentExpansionSupported: false,
  }),
};

/** The volumes that a host has mounted. */
export function fileSystems(view: View, host: HostRecord): vim.HostFileSystemVolumeInfo {
  const mountInfo: vim.HostFileSystemMountInfo[] = [];
  for (const id of host.datastores.keys()) {
    const store = view.object(id);
    if (store?.kind !== "Datastore") continue;
    const path = `/vmfs/volumes/${vmfsUuid(view.seed, id)}`;
    mountInfo.push({
      mountInfo: { path, accessMode: accessModeOf(store), mounted: true, accessible: true },
      volume: volumeOf(store, view.seed) ?? {
        _typeName: "HostFileSystemVolume",
        type: "OTHER",
        name: escapeName(store.name),
        capacity: store.capacity,
      },
    });
  }
  return { volumeTypeList: ["VMFS", "NFS", "NFS41", "OTHER"], mountInfo };
}

export const hostStorageSystem: Table<"HostStorageSystem", HostRecord> = {
  storageDeviceInfo: linked(["datastores"], (host, reader) => storageDevices(reader, host)),
  fileSystemVolumeInfo: linked(["datastores"], (host, reader) => fileSystems(reader, host)),
  systemFile: () => [],
  value: () => [],
  availableField: () => [],
};
