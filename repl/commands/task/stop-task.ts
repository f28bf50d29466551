import { taskOf } from "../../inventory/act.ts";
import { task as taskKind } from "../../inventory/kinds/task.ts";
import { VIObject } from "../../inventory/vi-object.ts";
import { scriptError } from "../../language/error.ts";
import { command } from "../../language/index.ts";

export const stopTask = command({
  name: "Stop-Task",
  summary: "Cancels tasks that can be cancelled.",
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
  supportsShouldProcess: "medium",
  examples: [{ code: "Get-Task -Status Running | Stop-Task", note: "Cancels what is under way." }],
  async process(ctx, { Task }) {
    for (const task of Task) {
      if (!(task instanceof VIObject && task.kind === taskKind)) {
        throw scriptError("Stop-Task takes tasks, as Get-Task puts them out.", {
          category: "InvalidArgument",
          target: task,
        });
      }
      if (!(await ctx.shouldProcess(task.ref.value, "Cancel"))) continue;
      try {
        await (await taskOf(task)).cancel({ signal: ctx.signal });
      } catch (error) {
        ctx.signal.throwIfAborted();
        await ctx.error(error instanceof Error ? error : String(error), { target: task });
      }
    }
  },
});
