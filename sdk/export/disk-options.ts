import { VsphereError } from "../errors.ts";
import type { ProgressOptions } from "../progress.ts";

/** How a disk is written. */
export interface ExportDiskOptions extends ProgressOptions {
  /** The disk's device key (2000 and up). Default: the first disk. */
  readonly disk?: number | undefined;
  /**
   * `monolithicSparse` (default): one file with grains of 64 KiB, for VMware Workstation, qemu and others. `streamOptimized`: one
   * compressed file, as in an OVF. `vmfsSparse`: as ESXi keeps it, a descriptor and a file of blocks beside it.
   */
  readonly format?: "monolithicSparse" | "streamOptimized" | "vmfsSparse" | undefined;
  /**
   * `flatten` (default): all of the disk, in a file that stands for itself. `delta`: what the machine has written, in a file
   * that names its parent; the parent is written beside it, unless it is there already.
   */
  readonly chain?: "flatten" | "delta" | undefined;
}

/** What was written. */
export interface ExportedDisk {
  /** Paths of the files: the one asked for first, then those it needs, also where they were there already. */
  readonly files: readonly string[];
  /** Of the disk, in bytes. */
  readonly capacity: number;
  /** How many bytes of the disk the first file holds, before compression: whole grains of its format. */
  readonly held: number;
}

const formats: readonly unknown[] = ["monolithicSparse", "streamOptimized", "vmfsSparse"];
const chains: readonly unknown[] = ["flatten", "delta"];

/** Refuses options that mean nothing, before anything is done. */
export function checkDiskOptions(file: string, { disk, format, chain }: ExportDiskOptions): void {
  const wrong = (what: string) => new VsphereError("InvalidArgument", what);
  if (typeof file !== "string" || file === "" || file.includes("\0")) throw wrong("The file to write must be a path.");
  if (disk !== undefined && !(Number.isInteger(disk) && disk >= 0))
    throw wrong(`'disk' must be the device key of a disk, not ${String(disk)}.`);
  if (format !== undefined && !formats.includes(format))
    throw wrong(`'format' must be one of ${formats.join(", ")}, not '${String(format)}'.`);
  if (chain !== undefined && !chains.includes(chain))
    throw wrong(`'chain' must be one of ${chains.join(", ")}, not '${String(chain)}'.`);
  if (chain === "delta" && format === "streamOptimized")
    throw wrong("A streamOptimized file stands for itself: it cannot name a parent. Use monolithicSparse for a delta.");
}
