import { VsphereError } from "../errors.ts";
import type { VirtualMachine } from "../objects/virtual-machine.ts";
import { VmdkError } from "../vmdk/index.ts";
import { writeChain, writeFlattened, writeStreamed, writeVmfs } from "./disk-files.ts";
import { checkDiskOptions, type ExportDiskOptions, type ExportedDisk } from "./disk-options.ts";
import { exportLeasedDisk } from "./leased-disk.ts";
import { watching } from "./watch.ts";

/** Writes a disk of a machine into a file, see `VirtualMachine.exportDisk`. */
export async function exportDisk(
  vm: VirtualMachine,
  file: string,
  options: ExportDiskOptions = {},
): Promise<ExportedDisk> {
  checkDiskOptions(file, options);
  const { disks } = vm.session.transport;
  if (!disks) return exportLeased(vm, file, options);
  const { format = "monolithicSparse", chain = "flatten" } = options;
  const watch = watching(`Exporting to ${file}`, options);
  const disk = await disks.open(vm.ref, options.disk ?? 0);
  try {
    if (format === "streamOptimized") return await writeStreamed(disk, file, watch);
    if (format === "vmfsSparse") return await writeVmfs(disk, file, chain === "flatten", watch);
    return chain === "delta" ? await writeChain(disk, file, watch) : await writeFlattened(disk, file, watch);
  } catch (error) {
    throw error instanceof VmdkError ? diskError(error) : error;
  } finally {
    disk.close();
  }
}

async function exportLeased(vm: VirtualMachine, file: string, options: ExportDiskOptions): Promise<ExportedDisk> {
  try {
    return await exportLeasedDisk(vm, file, options);
  } catch (error) {
    throw error instanceof VmdkError ? diskError(error) : error;
  }
}

/** What is wrong with a disk's file, as an error of the SDK. */
export const diskError = (error: VmdkError): VsphereError =>
  new VsphereError("BadDisk", `The disk file ${error.message}`, { cause: error });
