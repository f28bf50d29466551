import type { ProgressOptions } from "../progress.ts";
import type { vim } from "../vim/index.ts";
import { type Reference, referenceOf } from "./managed-object.ts";

/** Where a machine goes while it keeps its files. */
export interface MigrateOptions extends ProgressOptions {
  readonly host?: Reference<"HostSystem"> | undefined;
  readonly resourcePool?: Reference<"ResourcePool"> | undefined;
}

/** How a disk takes its room: thin, at once, or at once and written with zeros. */
export type DiskStorageFormat = "thin" | "thick" | "eagerZeroedThick";

/** Where one disk goes. */
export interface DiskRelocation {
  /** The device key, 2000 and up. */
  readonly key: number;
  readonly datastore: Reference<"Datastore">;
  readonly moveType?: vim.VirtualMachineRelocateDiskMoveOptions | undefined;
  readonly format?: DiskStorageFormat | undefined;
}

/** Where a machine goes. What is left out stays as it is. */
export interface RelocateOptions extends MigrateOptions {
  readonly datastore?: Reference<"Datastore"> | undefined;
  readonly folder?: Reference<"Folder"> | undefined;
  /** What of its disks' files goes along. Default: all, and none is shared. */
  readonly moveType?: vim.VirtualMachineRelocateDiskMoveOptions | undefined;
  /** Disks that go elsewhere, or in another way, than the machine. */
  readonly disks?: readonly DiskRelocation[] | undefined;
}

/** The specification of RelocateVM_Task for the options. */
export function relocateSpec(options: RelocateOptions): vim.VirtualMachineRelocateSpec {
  const { host, resourcePool, datastore, folder, moveType, disks } = options;
  return {
    ...(host === undefined ? {} : { host: referenceOf(host) }),
    ...(resourcePool === undefined ? {} : { pool: referenceOf(resourcePool) }),
    ...(datastore === undefined ? {} : { datastore: referenceOf(datastore) }),
    ...(folder === undefined ? {} : { folder: referenceOf(folder) }),
    ...(moveType === undefined ? {} : { diskMoveType: moveType }),
    ...(disks === undefined ? {} : { disk: disks.map(locatorOf) }),
  };
}

const locatorOf = ({
  key,
  datastore,
  moveType,
  format,
}: DiskRelocation): vim.VirtualMachineRelocateSpecDiskLocator => ({
  diskId: key,
  datastore: referenceOf(datastore),
  ...(moveType === undefined ? {} : { diskMoveType: moveType }),
  ...(format === undefined ? {} : { diskBackingInfo: backingOf(format) }),
});

/** A backing that says how a disk takes its room, and nothing else. */
const backingOf = (format: DiskStorageFormat): vim.VirtualDiskFlatVer2BackingInfo => ({
  _typeName: "VirtualDiskFlatVer2BackingInfo",
  fileName: "",
  diskMode: "persistent",
  thinProvisioned: format === "thin",
  eagerlyScrub: format === "eagerZeroedThick",
});
