import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { fileSizes, memoryFileBytes } from "../storage/files.ts";
import { homePath } from "../storage/home.ts";
import { chainOf } from "../storage/layers.ts";
import { fileBytesOf, type MachineFigures, pagesOf, swapFileBytes } from "../storage/usage.ts";
import { descriptorText, extentPath } from "./text/descriptor.ts";
import { logText } from "./text/log.ts";
import { nvramText, stateText, vmsdText, vmxfText } from "./text/side.ts";
import { type Texts, vmxText } from "./text/vmx.ts";

/** A file of a machine. None of it is kept: it follows from the machine's record. */
export interface MachineFile {
  readonly datastore: number;
  readonly path: string;
  /** As `layoutEx` calls it. */
  readonly type: string;
  /** Bytes that are in it: of a disk's blocks, those that were written. */
  readonly size: number;
  /** Bytes that it takes of its datastore. */
  readonly allocated: number;
  /** What of those would be free if the machine were destroyed. */
  readonly unique: number;
  /** What is in it. */
  readonly content: FileContent;
}

/** Text, the bytes of an address space, or something whose format is not known to anybody but VMware (`none`). */
export type FileContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "space"; readonly space: number; readonly bytes: number }
  | { readonly kind: "none" };

const none: FileContent = Object.freeze({ kind: "none" });

/** All files of a machine but those of its disks. Names keep the name that the machine had when it was made. */
export function homeFiles(
  view: Texts,
  machine: MachineRecord,
  snapshots: readonly SnapshotRecord[],
  figures: MachineFigures,
): MachineFile[] {
  const { datastore, base } = machine;
  const files: MachineFile[] = [];
  const add = (path: string, type: string, size: number, allocated: number, content: FileContent) =>
    files.push({ datastore, path, type, size, allocated, unique: allocated, content });
  const text = (path: string, type: string, allocated: number, content: string) =>
    add(path, type, Buffer.byteLength(content), allocated, { kind: "text", text: content });
  const memory = (path: string, type: string, of: MachineRecord) => {
    const bytes = memoryFileBytes(of);
    add(path, type, bytes, bytes, { kind: "space", space: of.memory, bytes });
  };
  const vmx = vmxText(view, machine);
  text(homePath(machine, ".vmx"), "config", fileSizes.vmx, vmx);
  text(homePath(machine, ".vmxf"), "extendedConfig", fileSizes.vmxf, vmxfText(view, machine));
  text(homePath(machine, ".vmsd"), "snapshotList", fileSizes.vmsd, vmsdText(machine, snapshots));
  const nvram = fileSizes.nvram[base.firmware];
  text(homePath(machine, ".nvram"), "nvram", nvram, nvramText(nvram));
  text(`${machine.directory}/vmware.log`, "log", fileSizes.log, logText(view, machine, snapshots));
  if (machine.power === "poweredOn") {
    const bytes = swapFileBytes(machine, figures);
    add(homePath(machine, ".vswp"), "swap", bytes, bytes, none);
  }
  if (machine.power === "suspended") {
    text(homePath(machine, ".vmss"), "suspend", 0, stateText(0, vmx));
    memory(homePath(machine, ".vmem"), "suspendMemory", machine);
  }
  for (const { number, machine: then } of snapshots) {
    const state = stateText(fileSizes.vmsn, vmxText(view, then));
    text(homePath(machine, `-Snapshot${number}.vmsn`), "snapshotData", fileSizes.vmsn, state);
    if (then.memory !== 0) memory(homePath(machine, `-Snapshot${number}.vmem`), "snapshotMemory", then);
  }
  return files;
}

/** The files of each disk from the lowest to the topmost: a text file and an extent of blocks each. */
export function diskFiles(
  view: Pick<Texts, "seed">,
  machine: MachineRecord,
  figures: MachineFigures,
  about: (disk: MachineDisk) => AboutDisk,
): { readonly key: number; readonly files: MachineFile[] }[] {
  return machine.disks.map((disk, index) => ({
    key: disk.key,
    files: filesOfDisk(view, disk, pagesOf(figures, index), about(disk)).reverse(),
  }));
}

/** What a disk is, beside its bytes. */
export interface AboutDisk {
  /** Its capacity. */
  readonly bytes: number;
  readonly uuid: string;
  readonly adapter?: string | undefined;
}

/** The files of one disk, or some of them, from the topmost to the lowest, each extent before its text. */
export function filesOfDisk(
  view: Pick<Texts, "seed">,
  disk: MachineDisk,
  pages: { readonly mapped: number; readonly own: number },
  { bytes, uuid, adapter }: AboutDisk,
  wanted: (layer: DiskLayer) => boolean = () => true,
): MachineFile[] {
  const sizes = fileBytesOf(disk, pages);
  const files: MachineFile[] = [];
  let level = 0;
  for (const layer of chainOf(disk.layer)) {
    const { datastore, path, thick } = layer;
    const size = sizes[level] ?? 0;
    const top = level++ === 0;
    if (!wanted(layer)) continue;
    const unique = top ? (thick > 0 ? size : Math.min(size, pages.own * 4096)) : 0;
    // Only of a disk that is one file is it known what that file holds; it is as long as the disk, with holes in it.
    const whole = top && !layer.parent;
    const content: FileContent = whole ? { kind: "space", space: disk.space, bytes } : none;
    const text = descriptorText(view.seed, layer, bytes, uuid, adapter);
    const allocated = fileSizes.descriptor;
    files.push(
      { datastore, path: extentPath(layer), type: "diskExtent", size, allocated: size, unique, content },
      {
        datastore,
        path,
        type: "diskDescriptor",
        size: Buffer.byteLength(text),
        allocated,
        unique: top ? allocated : 0,
        content: { kind: "text", text },
      },
    );
  }
  return files;
}
