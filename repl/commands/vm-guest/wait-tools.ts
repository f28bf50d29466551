import { waitForTools } from "../../inventory/guest.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { load } from "../../inventory/load.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { command } from "../../language/index.ts";
import { guestParameter } from "./guest-power.ts";

export const waitTools = command({
  name: "Wait-Tools",
  summary: "Waits until VMware Tools run in guests.",
  description:
    "The tools of a machine that is frozen at its fork point do not run: wait for its forks, not for itself.",
  parameters: {
    VM: guestParameter,
    TimeoutSeconds: { type: "int", range: [0, 1_000_000], help: "After how many seconds to give up. Default: never." },
    Server: server,
  },
  outputs: "VirtualMachine",
  examples: [
    {
      code: "(Start-VM build-01 | Wait-Tools -TimeoutSeconds 300).Name",
      note: "Starts a machine and waits for its guest.",
    },
  ],
  async process(ctx, { VM, TimeoutSeconds }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (await waitForTools(ctx, vm, TimeoutSeconds)) {
        for (const ready of await load(vm.connection, virtualMachine, [vm.ref], ctx.signal)) await ctx.write(ready);
        continue;
      }
      await ctx.error(`VMware Tools of '${vm.name}' did not run within ${TimeoutSeconds} seconds.`, {
        category: "OperationTimeout",
        target: vm,
      });
    }
  },
});
