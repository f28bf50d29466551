import { act } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";

export const startVM = command({
  name: "Start-VM",
  summary: "Powers on virtual machines.",
  parameters: {
    VM: vmParameter,
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "medium",
  examples: [{ code: "Start-VM build-01", note: "Powers a machine on." }],
  async process(ctx, { VM, RunAsync }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Power on"))) continue;
      await act(ctx, vm, (machine) => machine.PowerOnVM_Task({}, { signal: ctx.signal }), {
        runAsync: RunAsync,
        show: virtualMachine,
      });
    }
  },
});
