import type { vim } from "../../vim/index.ts";
import { refOf } from "../state/id.ts";
import type { MachineDisk } from "../state/machine-record.ts";
import { escapeName } from "../state/name.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { diskOfVolume } from "../storage/host-disks.ts";
import { pageBytes } from "../storage/usage.ts";
import { vmfsUuid } from "../storage/volume.ts";
import { type Bytes, link, linked, links, measured, parts, type Reader } from "./derivation.ts";
import { entity } from "./entity.ts";
import { provisionedOn } from "./provisioned.ts";
import type { Table } from "./table.ts";
import { datastoreBrowserOf, datastoreUrl, iso, MiB } from "./values.ts";

/** The largest file of VMFS 6: 64 TiB. A virtual disk may be 2 TiB less. */
const maxFile = 64 * 2 ** 40;
const maxDisk = 62 * 2 ** 40;

const used = ([pages = 0]: Bytes) => pages * pageBytes;
const freeBytes = (record: DatastoreRecord, bytes: Bytes) =>
  Math.max(0, record.capacity - record.fileBytes - used(bytes));
const freeSpace = measured(freeBytes);
const url = (record: DatastoreRecord, host: { readonly seed: number }) => datastoreUrl(host.seed, record.id);
const name = (record: DatastoreRecord) => escapeName(record.name);

export const accessModeOf = ({ remote }: DatastoreRecord): string => (remote?.readOnly ? "readOnly" : "readWrite");

function mounts(record: DatastoreRecord, reader: Reader): vim.DatastoreHostMount[] {
  const path = `/vmfs/volumes/${vmfsUuid(reader.seed, record.id)}`;
  return [...record.hosts.keys()].flatMap((id) => {
    const host = reader.object(id);
    const mountInfo = { path, accessMode: accessModeOf(record), mounted: true, accessible: true };
    return host?.kind === "HostSystem" ? [{ key: refOf(host), mountInfo }] : [];
  });
}

/** The volume that a datastore is, unless it is a directory of a host. */
export function volumeOf(record: DatastoreRecord, seed: number): vim.HostVmfsVolume | vim.HostNasVolume | undefined {
  if (record.type === "VMFS") return vmfsVolume(record, seed);
  if (!record.remote) return undefined;
  const { host, path } = record.remote;
  return {
    _typeName: "HostNasVolume",
    type: record.type,
    name: escapeName(record.name),
    capacity: record.capacity,
    remoteHost: host,
    remotePath: path,
    remoteHostNames: [host],
  };
}

function vmfsVolume(record: DatastoreRecord, seed: number): vim.HostVmfsVolume {
  return {
    _typeName: "HostVmfsVolume",
    type: "VMFS",
    name: escapeName(record.name),
    capacity: record.capacity,
    blockSizeMb: 1,
    blockSize: 1024,
    unmapGranularity: 1024,
    unmapPriority: "low",
    maxBlocks: 63 * MiB,
    majorVersion: 6,
    version: "6.82",
    uuid: vmfsUuid(seed, record.id),
    extent: [{ diskName: diskOfVolume(seed, record), partition: 1 }],
    vmfsUpgradable: false,
    ssd: true,
    local: !record.shared,
  };
}

/** What thin disks can grow to that no machine of the inventory has. */
function unlistedOn(reader: Reader, datastore: number): number {
  let bytes = 0;
  const add = ({ space, layer }: MachineDisk) => {
    if (layer.datastore === datastore && layer.thick === 0) bytes += reader.pages.figures(space).size;
  };
  for (const disk of reader.state.loose.values()) add(disk);
  for (const machine of reader.state.unregistered.values()) machine.disks.forEach(add);
  return bytes;
}

function info(record: DatastoreRecord, reader: Reader, bytes: Bytes): vim.DatastoreInfo {
  const common = {
    name: name(record),
    url: url(record, reader),
    freeSpace: freeBytes(record, bytes),
    maxFileSize: maxFile,
    maxVirtualDiskCapacity: maxDisk,
    maxMemoryFileSize: maxFile,
    timestamp: iso(reader.now),
    logicalSectorSize: 512,
    physicalSectorSize: 512,
  };
  const on = volumeOf(record, reader.seed);
  if (!on) return { _typeName: "LocalDatastoreInfo", ...common, path: record.path ?? "" };
  if ("remoteHost" in on) return { _typeName: "NasDatastoreInfo", ...common, nas: on };
  return { _typeName: "VmfsDatastoreInfo", ...common, vmfs: on };
}

export const datastore: Table<"Datastore", DatastoreRecord> = {
  ...entity(),
  summary: parts({
    datastore: link((record) => record.id),
    name,
    url,
    capacity: (record) => record.capacity,
    freeSpace,
    uncommitted: linked(["bytes", "members"], (record, reader, bytes) =>
      Math.max(0, provisionedOn(reader, record.id) + unlistedOn(reader, record.id) - used(bytes)),
    ),
    accessible: (record) => record.hosts.size > 0,
    multipleHostAccess: (record) => record.shared,
    type: (record) => record.type,
    maintenanceMode: () => "normal",
  }),
  // The time in it passes by itself, but is not all there is in it: it comes along when something else has changed.
  info: linked(["bytes"], info),
  host: linked([], mounts),
  vm: links((record) => record.vms),
  browser: datastoreBrowserOf,
  capability: () => ({
    directoryHierarchySupported: true,
    rawDiskMappingsSupported: true,
    perFileThinProvisioningSupported: true,
    storageIORMSupported: true,
    nativeSnapshotSupported: false,
    topLevelDirectoryCreateSupported: true,
    seSparseSupported: true,
    vmfsSparseSupported: true,
    vsanSparseSupported: false,
  }),
};
