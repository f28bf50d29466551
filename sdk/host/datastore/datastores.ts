import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import { createDatastore } from "../inventory/create.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import { wantedName } from "../state/name.ts";
import type { DatastoreRecord, HostRecord } from "../state/record.ts";
import { datacenterOf, remove } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { devicePath, disksOf, type HostDisk } from "../storage/host-disks.ts";
import { requireNoDrive } from "./in-use.ts";
import { dropLoose, forgetMachine, looseBelow, unregisteredBelow } from "./loose.ts";
import { dropNode } from "./user-file.ts";

const GiB = 2 ** 30;
/** What a volume has that nobody says the size of: a directory of the host, a server's share. Assumed. */
const usualGiB = 1024;

const theHost = (view: View, host: number): HostRecord => record(view, "HostSystem", host);

const taken = (name: string, by: DatastoreRecord) =>
  fault("DuplicateName", { name, object: refOf(by) }, `The datacenter has a datastore '${name}' already.`);

/** The datastores of the datacenter that a host is in. */
function* around(view: View, host: number): Generator<DatastoreRecord, void, undefined> {
  for (const id of record(view, "Datacenter", datacenterOf(view, host)).datastores.keys()) {
    const found = view.object(id);
    if (found?.kind === "Datastore") yield found;
  }
}

function requireFreeName(view: View, host: number, name: string): void {
  for (const store of around(view, host)) if (store.name === name) throw taken(name, store);
}

function make(
  tx: Draft,
  host: number,
  name: string,
  capacityGiB: number,
  more: Partial<Pick<DatastoreRecord, "type" | "device" | "remote" | "path">>,
): DatastoreRecord {
  requireFreeName(tx, host, name);
  const { id } = createDatastore(tx, datacenterOf(tx, host), wantedName(name), capacityGiB, [host]);
  return tx.change("Datastore", id, () => more);
}

/** A datastore in a directory of the host. */
export function createLocal(tx: Draft, host: number, name: string, path: string): DatastoreRecord {
  if (path === "") throw invalidArgument("path", "Say which directory of the host.");
  for (const id of theHost(tx, host).datastores.keys()) {
    const store = record(tx, "Datastore", id);
    if (store.path === path) throw taken(store.name, store);
  }
  return make(tx, host, name, usualGiB, { type: "OTHER", path });
}

/** Mounts a server's share. Hosts of one datacenter that mount the same share have one datastore between them. */
export function createNas(tx: Draft, host: number, spec: vim.HostNasVolumeSpec): DatastoreRecord {
  const { remoteHost, remoteHostNames = [], remotePath, localPath, accessMode, type = "NFS" } = spec;
  if (accessMode !== "readWrite" && accessMode !== "readOnly")
    throw invalidArgument("spec.accessMode", "It is readWrite or readOnly.");
  const readOnly = accessMode === "readOnly";
  const kind = type.toUpperCase();
  if (kind !== "NFS" && kind !== "NFS41") throw notSupported(`A network share of the type '${type}'`);
  const server = remoteHost === "" ? (remoteHostNames[0] ?? "") : remoteHost;
  if (server === "" || remotePath === "")
    throw invalidArgument("spec.remoteHost", "Say which server, and which directory there (spec.remotePath).");
  for (const store of around(tx, host)) {
    const { remote, name } = store;
    const same = remote && remote.host === server && remote.path === remotePath;
    if (!same) continue;
    if (store.hosts.has(host))
      throw fault("AlreadyExists", { name }, `The host has mounted this share already, as '${name}'.`);
    if ((remote.readOnly ?? false) !== readOnly)
      throw notSupported("Mounting a share on one host to be read and on another to be written");
    if (name !== localPath)
      throw invalidArgument("spec.localPath", `Another host has mounted this share as '${name}'.`);
    return mount(tx, store, host);
  }
  return make(tx, host, localPath, usualGiB, {
    type: kind,
    remote: { host: server, path: remotePath, ...(readOnly ? { readOnly: true as const } : {}) },
  });
}

function mount(tx: Draft, store: DatastoreRecord, host: number): DatastoreRecord {
  listOn(tx, store.id, host, true);
  return tx.change("Datastore", store.id, ({ hosts }) => ({ hosts: hosts.set(host, true), shared: true }));
}

/** Lets a host, and what it belongs to, know of a datastore, or forget it. */
function listOn(tx: Draft, store: number, host: number, member: boolean): void {
  const { parent } = tx.change("HostSystem", host, ({ datastores }) => ({
    datastores: member ? datastores.set(store, true) : datastores.delete(store),
  }));
  const owner = tx.object(parent);
  if (owner?.kind !== "ClusterComputeResource" && owner?.kind !== "ComputeResource") return;
  const has = [...owner.hosts.keys()].some((id) => theHost(tx, id).datastores.has(store));
  tx.put({ ...owner, datastores: has ? owner.datastores.set(store, true) : owner.datastores.delete(store) });
}

/** The disks of a host on which a volume could be made. */
export const freeDisks = (view: View, host: number): HostDisk[] =>
  disksOf(view, theHost(view, host)).filter(({ datastore }) => datastore === 0);

export function freeDisk(view: View, host: number, named: string): HostDisk {
  const found = freeDisks(view, host).find((disk) => disk.name === named || devicePath(disk) === named);
  if (found) return found;
  throw fault("NotFound", {}, `The host has no disk '${named.slice(0, 200)}' that is free.`);
}

/** Makes a VMFS volume, on the whole of a disk. */
export function createVmfs(tx: Draft, host: number, { vmfs, extent }: vim.VmfsDatastoreCreateSpec): DatastoreRecord {
  if (extent && extent.length > 0) throw notSupported("A volume with more than one extent (spec.extent)");
  if (vmfs.majorVersion !== 6 && vmfs.majorVersion !== 5)
    throw invalidArgument("spec.vmfs.majorVersion", "A new volume is VMFS 5 or 6.");
  const disk = freeDisk(tx, host, vmfs.extent.diskName);
  return make(tx, host, vmfs.volumeName, disk.bytes / GiB, { device: disk.name });
}

/** Takes a datastore from a host. A share stays on its server, and with other hosts; what was on a volume of its own is gone. */
export function removeDatastore(tx: Draft, host: number, store: DatastoreRecord): void {
  if (!store.hosts.has(host)) throw fault("NotFound", {}, `The host does not have the datastore '${store.name}'.`);
  for (const id of store.vms.keys()) {
    const machine = record(tx, "VirtualMachine", id);
    if (!store.remote || machine.host === host || store.hosts.size === 1)
      throw inUse(store, `'${machine.name}' has files on it`);
  }
  if (store.remote && store.hosts.size > 1) {
    listOn(tx, store.id, host, false);
    tx.change("Datastore", store.id, ({ hosts }) => ({ hosts: hosts.delete(host), shared: hosts.size > 2 }));
    return;
  }
  dropFiles(tx, store);
  for (const id of store.hosts.keys()) listOn(tx, store.id, id, false);
  const datacenter = datacenterOf(tx, store.id);
  tx.change("Datacenter", datacenter, ({ datastores }) => ({ datastores: datastores.delete(store.id) }));
  remove(tx, record(tx, "Datastore", store.id));
}

const inUse = ({ kind, name }: DatastoreRecord, why: string) =>
  fault("ResourceInUse", { type: kind, name }, `'${name}' is in use: ${why}.`);

function dropFiles(tx: Draft, { id, name }: DatastoreRecord): void {
  requireNoDrive(tx, name, "", true);
  for (const machine of unregisteredBelow(tx, id, ""))
    for (const disk of forgetMachine(tx, machine)) if (disk.layer.datastore === id) dropLoose(tx, disk);
  for (const disk of looseBelow(tx, id, "")) dropLoose(tx, disk);
  for (const entry of [...record(tx, "Datastore", id).files.entries.keys()]) dropNode(tx, id, entry);
  const left = record(tx, "Datastore", id);
  if (left.directories.size > 0) throw inUse(left, "disks elsewhere, or snapshots, are based on files there");
}
