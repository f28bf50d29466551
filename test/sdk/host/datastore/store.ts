import { numberIn, refOf } from "../../../../sdk/host/state/id.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { type Fault, faultOf, Vcenter } from "../machine/vcenter.ts";

const managers = {
  FileManager: { type: "FileManager", value: "FileManager" },
  VirtualDiskManager: { type: "VirtualDiskManager", value: "virtualDiskManager" },
} as const;

/** A vCenter whose files are worked with: by path, in the only datacenter. */
export class Store extends Vcenter {
  get datacenter(): Ref {
    return this.ref("Datacenter", "DC0");
  }

  files(method: string, args: object): unknown {
    return this.call(managers.FileManager, method, { datacenter: this.datacenter, ...args });
  }

  /** A copy or move of a disk. */
  diskBetween(method: string, sourceName: string, destName: string, more: object = {}): unknown {
    const ends = { sourceDatacenter: this.datacenter, destDatacenter: this.datacenter };
    return this.call(managers.VirtualDiskManager, method, { sourceName, destName, ...ends, ...more });
  }

  disks(method: string, args: object): unknown {
    return this.call(managers.VirtualDiskManager, method, { datacenter: this.datacenter, ...args });
  }

  makeDirectory(name: string, createParentDirectories = false): void {
    this.files("MakeDirectory", { name, createParentDirectories });
  }

  remove(name: string): void {
    this.files("DeleteDatastoreFile_Task", { name });
  }

  move(sourceName: string, destinationName: string, force = false): void {
    this.between("MoveDatastoreFile_Task", sourceName, destinationName, force);
  }

  copy(sourceName: string, destinationName: string, force = false): void {
    this.between("CopyDatastoreFile_Task", sourceName, destinationName, force);
  }

  between(method: string, sourceName: string, destinationName: string, force: boolean): void {
    const ends = { sourceDatacenter: this.datacenter, destinationDatacenter: this.datacenter };
    this.call(managers.FileManager, method, { sourceName, destinationName, force, ...ends });
  }

  createDisk(name: string, capacityKb = 1024, diskType = "thin"): void {
    const spec = { _typeName: "FileBackedVirtualDiskSpec", diskType, adapterType: "lsiLogic", capacityKb };
    this.disks("CreateVirtualDisk_Task", { name, spec });
  }

  /** What is in a directory, by the browser of its datastore. */
  search(datastorePath: string, searchSpec: vim.HostDatastoreBrowserSearchSpec = {}): vim.FileInfo[] {
    return [...((this.browse("SearchDatastore_Task", datastorePath, searchSpec) as Results).file ?? [])];
  }

  names(datastorePath: string, searchSpec: vim.HostDatastoreBrowserSearchSpec = {}): string[] {
    return this.search(datastorePath, searchSpec).map(({ path }) => path);
  }

  below(datastorePath: string, searchSpec: vim.HostDatastoreBrowserSearchSpec = {}): Results[] {
    return this.browse("SearchDatastoreSubFolders_Task", datastorePath, searchSpec) as Results[];
  }

  browse(method: string, datastorePath: string, searchSpec: vim.HostDatastoreBrowserSearchSpec): unknown {
    const name = /\[([^\]]+)\]/.exec(datastorePath)?.[1] ?? "vmfs-01";
    const store = [...this.state.objects.values()].find(
      (record) => record.kind === "Datastore" && record.name === name,
    );
    const value = `datastoreBrowser-${store ? refOf(store).value : "datastore-0"}`;
    return this.call({ type: "HostDatastoreBrowser", value }, method, { datastorePath, searchSpec });
  }

  /** Takes a machine, switched off, out of the inventory. */
  unregister(name: string): void {
    if (this.machine(name).power === "poweredOn") this.vm(name, "PowerOffVM_Task", {});
    this.vm(name, "UnregisterVM", {});
  }

  register(path: string, name?: string): number {
    const pool = this.ref("ResourcePool", "Resources");
    const folder = { type: "Folder", value: `group-v${this.find("Datacenter", "DC0").folders.v}` } as const;
    const more = name === undefined ? {} : { name };
    const made = this.call(folder, "RegisterVM_Task", { path, asTemplate: false, pool, ...more });
    return numberIn((made as Ref).value);
  }

  refusal(work: () => unknown): Fault {
    return faultOf(work);
  }
}

export type Results = vim.HostDatastoreBrowserSearchResults;
