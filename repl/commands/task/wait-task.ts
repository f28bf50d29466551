import { shown, taskOf } from "../../inventory/act.ts";
import { task as taskKind } from "../../inventory/kinds/task.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { load } from "../../inventory/load.ts";
import { isRef } from "../../inventory/values.ts";
import { VIObject } from "../../inventory/vi-object.ts";
import { scriptError } from "../../language/error.ts";
import { type CommandContext, command } from "../../language/index.ts";

async function wait(ctx: CommandContext<unknown>, object: VIObject): Promise<void> {
  try {
    const { result } = await (await taskOf(object)).wait({ signal: ctx.signal, onProgress: shown(ctx) });
    if (!isRef(result) || result.type !== "VirtualMachine") return;
    for (const made of await load(object.connection, virtualMachine, [result], ctx.signal)) await ctx.write(made);
  } catch (error) {
    ctx.signal.throwIfAborted();
    await ctx.error(error instanceof Error ? error : String(error), { target: object });
  }
}

export const waitTask = command({
  name: "Wait-Task",
  summary: "Waits until tasks have finished, and puts out what they made.",
  parameters: {
    Task: {
      type: "object[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      accepts: ["Task"],
      help: "The tasks, as Get-Task or -RunAsync put them out.",
    },
  },
  outputs: "VirtualMachine",
  examples: [{ code: "Start-VM build-01 -RunAsync | Wait-Task", note: "Starts a machine and waits for it." }],
  async process(ctx, { Task }) {
    for (const task of Task) {
      if (!(task instanceof VIObject && task.kind === taskKind)) {
        throw scriptError("Wait-Task takes tasks, as Get-Task puts them out.", {
          category: "InvalidArgument",
          target: task,
        });
      }
      await wait(ctx, task);
    }
  },
});
