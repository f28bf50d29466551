import { act } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";

export const suspendVM = command({
  name: "Suspend-VM",
  summary: "Suspends virtual machines.",
  parameters: {
    VM: vmParameter,
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "high",
  examples: [{ code: "Suspend-VM web-01 -Confirm:$false", note: "Suspends a machine." }],
  async process(ctx, { VM, RunAsync }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Suspend"))) continue;
      await act(ctx, vm, (machine) => machine.SuspendVM_Task({}, { signal: ctx.signal }), {
        runAsync: RunAsync,
        show: virtualMachine,
      });
    }
  },
});
