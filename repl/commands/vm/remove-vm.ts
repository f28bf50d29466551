import type { ForksChoice } from "../../../sdk/index.ts";
import { act, machineOf, shown } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { scriptError } from "../../language/error.ts";
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
    Forks: {
      type: "string",
      values: ["Keep", "Refuse", "Cascade", "Compact"],
      default: "Keep",
      help: "With -DeletePermanently, what becomes of instant and linked clones that need its files. Keep (the default): they live on, and so do the files. Refuse: nothing is deleted. Cascade: they are deleted too. Compact: each gets files of its own first.",
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
  async process(ctx, { VM, DeletePermanently, Forks, RunAsync }) {
    const forks = choices[Forks.toLowerCase()] ?? "keep";
    if (forks !== "keep" && (RunAsync || !DeletePermanently)) {
      throw scriptError("-Forks needs -DeletePermanently, and cannot be used with -RunAsync.", {
        category: "InvalidArgument",
      });
    }
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, DeletePermanently ? "Delete permanently" : "Remove from inventory")))
        continue;
      if (DeletePermanently && forks !== "keep") {
        await destroyWith(ctx, vm, forks);
      } else if (DeletePermanently) {
        await act(ctx, vm, (machine) => machine.Destroy_Task({}, { signal: ctx.signal }), { runAsync: RunAsync });
      } else {
        await unregister(ctx, vm);
      }
    }
  },
});

const choices: Readonly<Record<string, ForksChoice>> = {
  keep: "keep",
  refuse: "refuse",
  cascade: "cascade",
  compact: "compact",
};

async function destroyWith(ctx: CommandContext<unknown>, vm: VIObject, forks: ForksChoice): Promise<void> {
  try {
    await (await machineOf(vm)).destroy({ forks, signal: ctx.signal, onProgress: shown(ctx) });
  } catch (error) {
    ctx.signal.throwIfAborted();
    await ctx.error(error instanceof Error ? error : String(error), { target: vm });
  }
}

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
