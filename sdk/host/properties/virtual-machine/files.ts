import type { MachineRecord } from "../../state/machine-record.ts";
import type { SnapshotRecord } from "../../state/snapshot-record.ts";
import type { View } from "../../state/view.ts";
import { fileSizes, memoryFileBytes } from "../../storage/files.ts";
import { fileBytesOf, pagesOf, swapFileBytes } from "../../storage/usage.ts";
import type { Bytes } from "../derivation.ts";

/** A file of a machine. */
export interface MachineFile {
  readonly datastore: number;
  readonly path: string;
  /** As `layoutEx` calls it. */
  readonly type: string;
  readonly size: number;
  /** What of it would be gone with the machine. */
  readonly unique: number;
}

/** All files of a machine but those of its disks. Names keep the name that the machine had when it was made. */
export function homeFiles(machine: MachineRecord, snapshots: readonly SnapshotRecord[], bytes: Bytes): MachineFile[] {
  const { datastore, directory, base } = machine;
  const files: MachineFile[] = [];
  const add = (name: string, type: string, size: number) =>
    files.push({ datastore, path: `${directory}/${name}`, type, size, unique: size });
  add(`${directory}.vmx`, "config", fileSizes.vmx);
  add(`${directory}.vmxf`, "extendedConfig", fileSizes.vmxf);
  add(`${directory}.vmsd`, "snapshotList", fileSizes.vmsd);
  add(`${directory}.nvram`, "nvram", fileSizes.nvram[base.firmware]);
  add("vmware.log", "log", fileSizes.log);
  if (machine.power === "poweredOn") add(`${directory}.vswp`, "swap", swapFileBytes(machine, bytes));
  if (machine.power === "suspended") add(`${directory}.vmss`, "suspend", memoryFileBytes(machine));
  for (const { number, machine: then } of snapshots) {
    add(`${directory}-Snapshot${number}.vmsn`, "snapshotData", fileSizes.vmsn);
    if (then.memory !== 0) add(`${directory}-Snapshot${number}.vmem`, "snapshotMemory", memoryFileBytes(then));
  }
  return files;
}

/** The files of each disk from the lowest to the topmost: a text file and an extent of blocks each. */
export function diskFiles(
  machine: MachineRecord,
  bytes: Bytes,
): { readonly key: number; readonly files: MachineFile[] }[] {
  return machine.disks.map((disk, index) => {
    const pages = pagesOf(bytes, index);
    const sizes = fileBytesOf(disk, pages);
    const files: MachineFile[] = [];
    let level = 0;
    for (let at: typeof disk.layer | undefined = disk.layer; at; at = at.parent, level++) {
      const { datastore, path } = at;
      const size = sizes[level] ?? 0;
      const top = level === 0 ? 1 : 0;
      const unique = at.thick > 0 ? size * top : Math.min(size, pages.own * 4096) * top;
      files.push({ datastore, path: extentOf(path, at.parent !== undefined), type: "diskExtent", size, unique });
      files.push({
        datastore,
        path,
        type: "diskDescriptor",
        size: fileSizes.descriptor,
        unique: fileSizes.descriptor * top,
      });
    }
    return { key: disk.key, files: files.reverse() };
  });
}

/** The file that holds the blocks of a disk: VMFS 6 keeps those of deltas in the SE sparse format. */
const extentOf = (path: string, delta: boolean) => path.replace(/\.vmdk$/, delta ? "-sesparse.vmdk" : "-flat.vmdk");

/** The snapshots of a machine, each after the one that it followed on. */
export function snapshotsOf(machine: MachineRecord, view: Pick<View, "object">): SnapshotRecord[] {
  const found: SnapshotRecord[] = [];
  const add = (ids: readonly number[]) => {
    for (const id of ids) {
      const snapshot = view.object(id);
      if (snapshot?.kind !== "VirtualMachineSnapshot") continue;
      found.push(snapshot);
      add(snapshot.below);
    }
  };
  add(machine.snapshots?.roots ?? []);
  return found;
}
