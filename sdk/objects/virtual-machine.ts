import type { ExportDiskOptions, ExportedDisk } from "../export/disk-options.ts";
import type { ExportedVApp, ExportVAppOptions } from "../export/export-vapp.ts";
import { type DestroyOptions, settleForks } from "../fork/destroy.ts";
import type { InstantCloneOptions } from "../fork/instant-clone.ts";
import { type Lineage, lineageOf } from "../fork/lineage.ts";
import { networkOf } from "../fork/network.ts";
import { makeFork, startFork } from "../fork/one.ts";
import { tellNode } from "../fork/warning.ts";
import type { CallOptions, ProgressOptions } from "../progress.ts";
import type { Task } from "../task/task.ts";
import type { Ref, vim } from "../vim/index.ts";
import { Bytes } from "./bytes.ts";
import { Guest } from "./guest.ts";
import { ManagedObject, type Reference, referenceOf, type WireMethods } from "./managed-object.ts";
import { Memory } from "./memory.ts";
import { type MigrateOptions, type RelocateOptions, relocateSpec } from "./relocation.ts";
import { type RevertOptions, revertArguments, Snapshot } from "./snapshot.ts";
import { type SnapshotNode, type SnapshotOptions, snapshotTree } from "./snapshot-tree.ts";

/** Where a clone goes, and what becomes of it. What is left out is as in the source. */
export interface CloneOptions extends ProgressOptions {
  readonly name: string;
  readonly folder: Reference<"Folder">;
  readonly resourcePool?: Reference<"ResourcePool"> | undefined;
  readonly host?: Reference<"HostSystem"> | undefined;
  readonly datastore?: Reference<"Datastore"> | undefined;
  /** Shares the disks of this snapshot of the source instead of copying them. */
  readonly linkedTo?: Reference<"VirtualMachineSnapshot"> | undefined;
  /** What of the source's disks is copied, and what shared. Default: all is copied. */
  readonly moveType?: vim.VirtualMachineRelocateDiskMoveOptions | undefined;
  readonly powerOn?: boolean | undefined;
  readonly template?: boolean | undefined;
}

/** Which disks are made to stand for themselves, and how. */
export interface PromoteOptions extends ProgressOptions {
  /** Copies what is shared with other machines. Default: true. */
  readonly unlink?: boolean | undefined;
  /** The device keys of the disks. Default: all. */
  readonly keys?: readonly number[] | undefined;
}

export interface VirtualMachine extends WireMethods<"VirtualMachine"> {}

/**
 * A virtual machine. Every long call waits for its task; the wire methods (`InstantClone_Task`, ...) give the task instead.
 *
 * @example
 * const vm = await vc.find.virtualMachine("web-01");
 * const fork = await vm.instantClone({ name: "web-01-test" });
 * await fork.powerOff();
 * await fork.destroy();
 */
export class VirtualMachine extends ManagedObject<"VirtualMachine"> {
  /** Guest memory, byte by byte (simulated vCenters only). */
  readonly memory = new Memory(this);
  /** The first disk, byte by byte (simulated vCenters only). */
  readonly disk = new Bytes(this, { kind: "disk", key: 0 });

  /** Another disk, by its device key (2000 and up). */
  diskAt(key: number): Bytes {
    return new Bytes(this, { kind: "disk", key });
  }

  /** What can be done inside the machine, through VMware Tools: files, programs, variables. */
  get guest(): Guest {
    return new Guest(this);
  }

  name(options: CallOptions = {}): Promise<string> {
    return this.get("name", options);
  }

  powerState(options: CallOptions = {}): Promise<vim.VirtualMachinePowerState> {
    return this.get("runtime.powerState", options);
  }

  /**
   * Forks the running machine: the fork is powered on, shares all memory and disks, and keeps only what it changes. Its network
   * cards are disconnected until its guest has no address of its source's (see {@link InstantCloneOptions.network}).
   *
   * @throws VsphereError `DuplicateName`, `InvalidPowerState`, `InvalidDatastore`, `InsufficientMemoryResource`, ...
   */
  async instantClone(options: InstantCloneOptions): Promise<VirtualMachine> {
    const { network = "reconnect", onWarning = tellNode, signal } = options;
    const known = network === "connected" ? undefined : await networkOf(this.session, this.ref, signal);
    const source = { ref: this.ref, network: known, onWarning };
    return new VirtualMachine(this.session, await makeFork(this.session, source, options));
  }

  /**
   * Starts a fork and gives its task, without waiting for it. Nobody connects its network cards then: unless `network` is `connected`
   * they are left disconnected.
   */
  async startInstantClone(options: InstantCloneOptions): Promise<Task<Ref<"VirtualMachine">>> {
    const { network, onWarning = tellNode, signal } = options;
    const known = network === "connected" ? undefined : await networkOf(this.session, this.ref, signal);
    return this.session.task(await startFork(this.session, { ref: this.ref, network: known, onWarning }, options));
  }

  /** Makes a copy that is powered off, unless it is asked to be on. */
  async clone(options: CloneOptions): Promise<VirtualMachine> {
    const { resourcePool, host, datastore, linkedTo } = options;
    const moveType = options.moveType ?? (linkedTo === undefined ? undefined : "createNewChildDiskBacking");
    const location: vim.VirtualMachineRelocateSpec = {
      ...(resourcePool === undefined ? {} : { pool: referenceOf(resourcePool) }),
      ...(host === undefined ? {} : { host: referenceOf(host) }),
      ...(datastore === undefined ? {} : { datastore: referenceOf(datastore) }),
      ...(moveType === undefined ? {} : { diskMoveType: moveType }),
    };
    const spec: vim.VirtualMachineCloneSpec = {
      location,
      template: options.template ?? false,
      powerOn: options.powerOn ?? false,
      ...(linkedTo === undefined ? {} : { snapshot: referenceOf(linkedTo) }),
    };
    const args = { folder: referenceOf(options.folder), name: options.name, spec };
    const task = await this.CloneVM_Task(args, options);
    return new VirtualMachine(this.session, (await task.wait(options)).result);
  }

  /**
   * Writes one of its disks into a file of this computer, as it is now: by default all of the first one into one monolithicSparse
   * VMDK. The file appears when it is whole. A simulated vCenter exports machines that run, and deltas; a real one machines that
   * are off, flattened, through a lease. The code that writes it is loaded by this call.
   *
   * @throws VsphereError `InvalidArgument` for a disk that it does not have, `FileError` when the file cannot be written, `Aborted`.
   * @example
   * const fork = await golden.instantClone({ name: "exported" });
   * const { files } = await fork.exportDisk("exported.vmdk", { chain: "delta" });
   * console.log(files); // exported.vmdk, and golden.vmdk beside it
   */
  async exportDisk(file: string, options: ExportDiskOptions = {}): Promise<ExportedDisk> {
    const { exportDisk } = await import("../export/export-disk.ts");
    return exportDisk(this, file, options);
  }

  /**
   * Writes it, switched off, as an OVF or OVA package with a sha256 manifest: its disks flattened and compressed. Goes through a
   * lease (HttpNfcLease), during which nothing else can be done to the machine.
   *
   * @throws VsphereError `InvalidPowerState` while it is on, `TaskInProgress`, `FileError` where a file is there and `force` is not.
   * @example
   * const build = await vc.find.virtualMachine("build-01");
   * await build.exportVApp("build-01.ova");
   */
  async exportVApp(file: string, options: ExportVAppOptions = {}): Promise<ExportedVApp> {
    const { exportVApp } = await import("../export/export-vapp.ts");
    return exportVApp(this, file, options);
  }

  /** Changes the configuration. */
  async reconfigure(spec: vim.VirtualMachineConfigSpec, options: ProgressOptions = {}): Promise<void> {
    await (await this.ReconfigVM_Task({ spec }, options)).wait(options);
  }
  async powerOn(options: ProgressOptions = {}): Promise<void> {
    await (await this.PowerOnVM_Task({}, options)).wait(options);
  }
  async powerOff(options: ProgressOptions = {}): Promise<void> {
    await (await this.PowerOffVM_Task({}, options)).wait(options);
  }
  async suspend(options: ProgressOptions = {}): Promise<void> {
    await (await this.SuspendVM_Task({}, options)).wait(options);
  }
  async reset(options: ProgressOptions = {}): Promise<void> {
    await (await this.ResetVM_Task({}, options)).wait(options);
  }

  /**
   * Takes a snapshot, which shares everything with the machine until that changes it.
   *
   * @throws VsphereError `InvalidName`, `MemorySnapshotOnIndependentDisk`, `FilesystemQuiesceFault`, `TooManySnapshotLevels`, ...
   */
  async snapshot(options: SnapshotOptions): Promise<Snapshot> {
    const { name, description, memory = false, quiesce = false } = options;
    const args = { name, memory, quiesce, ...(description === undefined ? {} : { description }) };
    const task = await this.CreateSnapshot_Task(args, options);
    return new Snapshot(this.session, (await task.wait(options)).result);
  }
  /** Its snapshots as a tree. */
  snapshots(options: CallOptions = {}): Promise<readonly SnapshotNode[]> {
    return snapshotTree(this, options);
  }
  /** Goes back to the snapshot that it follows on; `NotFound` where it has none. */
  async revert(options: RevertOptions = {}): Promise<void> {
    await (await this.RevertToCurrentSnapshot_Task(revertArguments(options), options)).wait(options);
  }
  /** Removes all its snapshots and merges its disks' files; the machine stays as it is. */
  async removeSnapshots(options: ProgressOptions = {}): Promise<void> {
    await (await this.RemoveAllSnapshots_Task({ consolidate: true }, options)).wait(options);
  }
  /** Merges the disk files that removed snapshots have left behind. */
  async consolidate(options: ProgressOptions = {}): Promise<void> {
    await (await this.ConsolidateVMDisks_Task({}, options)).wait(options);
  }

  /**
   * Moves it to another host or resource pool (vMotion, while it runs). What its memory shared there it then has to itself; its disks
   * stay where they are, and shared.
   *
   * @throws VsphereError `InvalidArgument`, `InvalidDatastore` for one that the host cannot reach, `DisallowedMigrationDeviceAttached`,
   * `InsufficientHostMemoryCapacityFault`, ...
   */
  async migrate(options: MigrateOptions): Promise<void> {
    const { host, pool } = relocateSpec(options);
    const args = { ...(host ? { host } : {}), ...(pool ? { pool } : {}), priority: "defaultPriority" } as const;
    await (await this.MigrateVM_Task(args, options)).wait(options);
  }
  /**
   * Moves it to another datastore, and to another host, pool or folder with that.
   *
   * @example
   * const vm = await vc.find.virtualMachine("web-01");
   * const host = await vc.find.host("esx-01.lab.local");
   * await vm.relocate({ host, datastore: await vc.find.datastore("local-01") });
   */
  async relocate(options: RelocateOptions): Promise<void> {
    await (await this.RelocateVM_Task({ spec: relocateSpec(options) }, options)).wait(options);
  }
  /**
   * Makes its disks (or those with the keys given) stand for themselves: what they share with other machines is copied. It must be
   * off. With `unlink: false` only files are merged that it shares with nobody.
   */
  async promoteDisks(options: PromoteOptions = {}): Promise<void> {
    const { unlink = true, keys } = options;
    const devices = keys && (await this.get("config.hardware.device", options));
    const disks = devices?.filter(
      (device): device is vim.VirtualDisk => device._typeName === "VirtualDisk" && keys?.includes(device.key) === true,
    );
    await (await this.PromoteDisks_Task({ unlink, ...(disks ? { disks } : {}) }, options)).wait(options);
  }

  async rename(newName: string, options: ProgressOptions = {}): Promise<void> {
    await (await this.Rename_Task({ newName }, options)).wait(options);
  }
  /**
   * Where it comes from, and how many come from it, at any time: also when the source is gone, as long as something that was made from
   * it is there (simulated vCenters only).
   *
   * @throws VsphereError `NotSupported` on a real vCenter, which says it only in events.
   * @example
   * const web = await vc.find.virtualMachine("web-01");
   * const copy = await web.instantClone({ name: "web-copy", network: "disconnected" });
   * const { source, depth } = await copy.lineage();
   * console.log(source?.name, depth); // web-01 1
   */
  lineage(): Promise<Lineage> {
    return lineageOf(this.session, this.ref);
  }

  /**
   * Deletes the machine, which must be off, with its disks. Files that others are based on stay until the last of those goes, unless
   * `forks` says otherwise.
   *
   * @throws VsphereError `InvalidPowerState`, `ResourceInUse` where it is refused because of its forks.
   */
  async destroy(options: DestroyOptions = {}): Promise<void> {
    await settleForks(this.session, this.ref, options);
    await (await this.Destroy_Task({}, options)).wait(options);
  }
}
