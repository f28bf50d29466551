import { act } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";

export const stopVM = command({
  name: "Stop-VM",
  summary: "Powers off virtual machines, without asking the guest.",
  parameters: {
    VM: vmParameter,
    Kill: {
      type: "switch",
      help: "Accepted for scripts that give it: powering off is already without asking the guest.",
    },
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "high",
  examples: [
    {
      code: "Get-VM web-* | Stop-VM -Confirm:$false",
      note: "Powers machines off without asking you.",
    },
  ],
  async process(ctx, { VM, RunAsync }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Power off"))) continue;
      await act(ctx, vm, (machine) => machine.PowerOffVM_Task({}, { signal: ctx.signal }), {
        runAsync: RunAsync,
        show: virtualMachine,
      });
    }
  },
});
