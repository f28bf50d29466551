import { join } from "node:path";
import { machineOf, shown } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";
import { resolvePath } from "../file/path.ts";
import { exportedFile, fileNameOf, inFolder } from "./exported-file.ts";

export const exportVApp = command({
  name: "Export-VApp",
  summary: "Writes virtual machines that are off as OVF or OVA packages.",
  description:
    "A package holds the descriptor, a manifest with SHA256 checksums, and all disks, each whole and compressed. While it is written nothing else can be done to the machine.",
  parameters: {
    VM: { ...vmParameter, aliases: ["VApp"] },
    Destination: {
      type: "string",
      position: 1,
      complete: "File",
      help: "The directory to write to; it is made if need be. Default: where you are.",
    },
    Name: { type: "string", help: "The package's name. Default: the machine's." },
    Format: {
      type: "string",
      values: ["Ovf", "Ova"],
      default: "Ovf",
      help: "Ova: one file. Ovf: several, in a directory of the package's name.",
    },
    CreateSeparateFolder: {
      type: "bool",
      default: true,
      help: "False: an OVF's files go straight into the destination.",
    },
    SHAAlgorithm: {
      type: "string",
      values: ["SHA256"],
      default: "SHA256",
      help: "How files are known again. Only SHA256 is written.",
    },
    Force: { type: "switch", help: "Takes the place of files that are there." },
    Server: server,
  },
  outputs: "ExportedFile",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "Get-VM build-01 | Export-VApp -Format Ova | Select-Object -ExpandProperty Name",
      note: "A machine in one file.",
      output: "build-01.ova\n",
    },
    {
      code: "(Export-VApp -VM build-01 -Destination packages).Name",
      note: "The files of an OVF, in packages/build-01.",
      output: "build-01.ovf\nbuild-01.mf\nbuild-01-disk1.vmdk\n",
    },
  ],
  async process(ctx, { VM, Destination, Name, Format, CreateSeparateFolder, Force }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Export"))) continue;
      try {
        const name = fileNameOf(Name ?? vm.name);
        const format = Format.toLowerCase() === "ova" ? "ova" : "ovf";
        const to = resolvePath(ctx.session, Destination ?? ".");
        const folder = format === "ovf" && CreateSeparateFolder ? join(to, name) : to;
        const machine = await machineOf(vm);
        const options = { format, force: Force, signal: ctx.signal, onProgress: shown(ctx) } as const;
        const file = join(folder, `${name}.${format}`);
        const { files } = await inFolder(folder, () => machine.exportVApp(file, options));
        for (const file of files) await ctx.write(await exportedFile(file));
      } catch (error) {
        ctx.signal.throwIfAborted();
        await ctx.error(error instanceof Error ? error : String(error), { target: vm });
      }
    }
  },
});
