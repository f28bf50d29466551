import { hardDisksOf } from "../../inventory/hard-disk.ts";
import { template as templateKind } from "../../inventory/kinds/template.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { command, wildcard } from "../../language/index.ts";

export const getHardDisk = command({
  name: "Get-HardDisk",
  summary: "Lists the virtual disks of machines and templates.",
  parameters: {
    VM: {
      type: "object[]",
      position: 0,
      pipeline: "value",
      complete: "VirtualMachine",
      wildcard: true,
      help: "The machines, as objects or by name. Default: all.",
    },
    Template: { type: "object[]", complete: "Template", help: "The templates." },
    Name: { type: "string[]", wildcard: true, help: "Names or patterns: 'Hard disk 1'." },
    Id: { type: "string[]", help: "Ids, as the Id property shows them." },
    Server: server,
  },
  outputs: "HardDisk",
  examples: [
    { code: "Get-HardDisk web-01", note: "The disks of a machine." },
    { code: "Get-VM web-* | Get-HardDisk | Measure-Object CapacityGB -Sum", note: "What disks could hold." },
  ],
  async process(ctx, { VM, Template, Name, Id }) {
    const machines = Template
      ? await resolve(ctx, templateKind, Template)
      : await resolve(ctx, virtualMachine, VM ?? ["*"]);
    for (const vm of machines)
      for (const disk of await hardDisksOf(vm)) {
        if (Name && !Name.some((name) => wildcard(name).test(disk.name))) continue;
        if (Id && !Id.includes(disk.id)) continue;
        await ctx.write(disk);
      }
  },
});
