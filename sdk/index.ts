/**
 * Fargo: a typed vSphere automation SDK with a simulated vCenter built in.
 *
 * @module
 */
export { type ConnectOptions, connect, startHost } from "./connect.ts";
export { type SdkErrorCode, VsphereError } from "./errors.ts";
export type { ExportDiskOptions, ExportedDisk } from "./export/disk-options.ts";
export type { ExportedVApp, ExportVAppOptions } from "./export/export-vapp.ts";
export type { ImportVAppOptions } from "./export/import-vapp.ts";
export type { ForkFailure, ForkOptions, ForkReport } from "./fork/bulk.ts";
export type { DestroyOptions, ForksChoice } from "./fork/destroy.ts";
export {
  type InstantCloneOptions,
  instantCloneSpec,
} from "./fork/instant-clone.ts";
export type { Lineage, Relative } from "./fork/lineage.ts";
export type { ForkNetwork } from "./fork/network.ts";
export type { ForkWarning } from "./fork/warning.ts";
export type { GuestCredentials } from "./guest/credentials.ts";
export type { GuestFile, GuestFileAttributes } from "./guest/file.ts";
export type { GuestProcess } from "./guest/process.ts";
export type { RunOptions, RunResult, StartOptions } from "./guest/run.ts";
export type {
  ClockKind,
  Duration,
  Host,
  HostOptions,
  Inventory,
  InventoryCounts,
  InventoryDescription,
  MachineDescription,
  Mark,
  User,
} from "./host/index.ts";
export { escapeName, unescapeName } from "./inventory/path.ts";
export { Datastore, type Space } from "./objects/datastore.ts";
export type { DatastoreFile, DatastoreFiles, ListOptions, ReplaceOptions } from "./objects/datastore-files.ts";
export { Folder } from "./objects/folder.ts";
export { Guest, type TemporaryOptions, type WriteFileOptions } from "./objects/guest.ts";
export { HostSystem } from "./objects/host-system.ts";
export {
  ManagedObject,
  type Reference,
  type WireMethods,
} from "./objects/managed-object.ts";
export { type ObjectOf, objectOf } from "./objects/object-of.ts";
export type { DiskRelocation, DiskStorageFormat, MigrateOptions, RelocateOptions } from "./objects/relocation.ts";
export { ResourcePool } from "./objects/resource-pool.ts";
export { type RemoveSnapshotOptions, type RevertOptions, Snapshot } from "./objects/snapshot.ts";
export type { SnapshotNode, SnapshotOptions } from "./objects/snapshot-tree.ts";
export {
  type CloneOptions,
  type PromoteOptions,
  VirtualMachine,
} from "./objects/virtual-machine.ts";
export type { CallOptions, Progress, ProgressOptions } from "./progress.ts";
export type { Update } from "./property/watch.ts";
export type { Session } from "./session.ts";
export { type Finished, Task } from "./task/task.ts";
export type { SharingFigures, Workload } from "./transport/transport.ts";
export { UntrustedCertificate } from "./transport/trust.ts";
export {
  type CheckedPath,
  type ManagedType,
  type Methods,
  type PathValue,
  type Properties,
  type Ref,
  type Row,
  vim,
} from "./vim/index.ts";
