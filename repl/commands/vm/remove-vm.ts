import { act, machineOf } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { type CommandContext, command } from "../../language/index.ts";

export const removeVM = command({
  name: "Remove-VM",
  summary: "Removes virtual machines from the inventory; with -DeletePermanently their files too.",
  parameters: {
    VM: vmParameter,
    DeletePermanently: {
      type: "switch",
      aliases: ["DeleteFromDisk"],
      help: "Deletes the files of the machines as well.",
    },
    RunAsync: runAsync,
    Server: server,
  },
  supportsShouldProcess: "high",
  examples: [
    {
      code: "Remove-VM build-01 -DeletePermanently -Confirm:$false",
      note: "Deletes a machine that is off, with its disks, without asking you.",
    },
  ],
  async process(ctx, { VM, DeletePermanently, RunAsync }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, DeletePermanently ? "Delete permanently" : "Remove from inventory")))
        continue;
      if (DeletePermanently) {
        await act(ctx, vm, (machine) => machine.Destroy_Task({}, { signal: ctx.signal }), { runAsync: RunAsync });
      } else {
        await unregister(ctx, vm);
      }
    }
  },
});

async function unregister(ctx: CommandContext<unknown>, vm: VIObject): Promise<void> {
  try {
    await (await machineOf(vm)).UnregisterVM({}, { signal: ctx.signal });
  } catch (error) {
    ctx.signal.throwIfAborted();
    await ctx.error(error instanceof Error ? error : String(error), {
      target: vm,
    });
  }
}
