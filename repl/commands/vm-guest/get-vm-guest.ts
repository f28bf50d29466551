import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { vmGuest } from "../../inventory/kinds/vm-guest.ts";
import { load } from "../../inventory/load.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";

export const getVMGuest = command({
  name: "Get-VMGuest",
  summary: "Shows what guests say of themselves: system, host name, addresses.",
  parameters: { VM: vmParameter, Server: server },
  outputs: "VMGuest",
  examples: [
    {
      code: "(Get-VMGuest web-01).HostName",
      note: "What a guest is called.",
      output: "web-01.lab.local\n",
    },
  ],
  async process(ctx, { VM }) {
    for (const vm of await resolve(ctx, virtualMachine, VM))
      for (const guest of await load(vm.connection, vmGuest, [vm.ref], ctx.signal)) await ctx.write(guest);
  },
});
