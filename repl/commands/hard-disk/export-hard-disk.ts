import { dirname, extname, join } from "node:path";
import { machineOf, shown } from "../../inventory/act.ts";
import { HardDisk } from "../../inventory/hard-disk.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { command, type Value } from "../../language/index.ts";
import { resolvePath } from "../file/path.ts";
import { exportedFile, fileNameOf, inFolder } from "../vapp/exported-file.ts";

const formats = { Sparse: "monolithicSparse", StreamOptimized: "streamOptimized", Vmfs: "vmfsSparse" } as const;
const isFormat = (text: string): text is keyof typeof formats => Object.hasOwn(formats, text);

export const exportHardDisk = command({
  name: "Export-HardDisk",
  summary: "Writes virtual disks to VMDK files, whole or as what a machine has of its own.",
  description:
    "On a simulated vCenter a disk is written as it is now, also while its machine runs. With -Delta the file names its parent, which is written beside it unless it is there already.",
  parameters: {
    VM: {
      type: "object[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      aliases: ["HardDisk"],
      complete: "VirtualMachine",
      wildcard: true,
      help: "The machines, as objects or by name, or their hard disks.",
    },
    Path: {
      type: "string",
      position: 1,
      aliases: ["Destination"],
      complete: "File",
      help: "The file (.vmdk), or the directory to write to: files are named as machines are. Default: where you are.",
    },
    DiskKey: { type: "int", help: "The device key of the disk, 2000 and up. Default: the first disk." },
    Format: {
      type: "string",
      values: Object.keys(formats),
      default: "Sparse",
      help: "Sparse: one file for many programs. StreamOptimized: one compressed file. Vmfs: as ESXi keeps it.",
    },
    Delta: { type: "switch", help: "Only what the machine has of its own, in a file that names its parent." },
    Server: server,
  },
  outputs: "ExportedFile",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "New-InstantClone -VM golden -Name desk-1 | Export-HardDisk -Delta | Select-Object -ExpandProperty Name",
      note: "A fork's own blocks, and the disk that it shares with all forks.",
      output: "desk-1.vmdk\ngolden.vmdk\n",
    },
    {
      code: "(Export-HardDisk -VM web-01 -Path web.vmdk -Format StreamOptimized).Name",
      note: "All of a disk, compressed.",
      output: "web.vmdk\n",
    },
    {
      code: "Get-VM web-01 | Get-HardDisk | Export-HardDisk | Select-Object -ExpandProperty Name",
      note: "Every disk of a machine, each in a file that its key is in the name of.",
      output: "web-01-2000.vmdk\n",
    },
  ],
  async process(ctx, { VM, Path, DiskKey, Format, Delta }) {
    for (const { vm, key } of await disksOf(ctx, VM, DiskKey)) {
      const to = resolvePath(ctx.session, Path ?? ".");
      const name = fileNameOf(key === undefined || DiskKey !== undefined ? vm.name : `${vm.name}-${key}`);
      const file = extname(to).toLowerCase() === ".vmdk" ? to : join(to, `${name}.vmdk`);
      if (!(await ctx.shouldProcess(file, "Export"))) continue;
      try {
        const machine = await machineOf(vm);
        const options = {
          disk: key,
          format: isFormat(Format) ? formats[Format] : undefined,
          chain: Delta ? "delta" : "flatten",
          signal: ctx.signal,
          onProgress: shown(ctx),
        } as const;
        const { files } = await inFolder(dirname(file), () => machine.exportDisk(file, options));
        for (const written of files) await ctx.write(await exportedFile(written));
      } catch (error) {
        ctx.signal.throwIfAborted();
        await ctx.error(error instanceof Error ? error : String(error), { target: vm });
      }
    }
  },
});

interface Wanted {
  readonly vm: VIObject;
  readonly key: number | undefined;
}

/** A machine stands for its first disk, or the one whose key was given. */
async function disksOf(
  ctx: Parameters<typeof resolve>[0],
  values: readonly Value[],
  key: number | undefined,
): Promise<readonly Wanted[]> {
  const found: Wanted[] = [];
  for (const value of values)
    if (value instanceof HardDisk) found.push({ vm: value.vm, key: value.device.key });
    else for (const vm of await resolve(ctx, virtualMachine, [value])) found.push({ vm, key });
  return found;
}
