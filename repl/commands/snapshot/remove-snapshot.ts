import { act } from "../../inventory/act.ts";
import { runAsync } from "../../inventory/parameters.ts";
import { machineWith, snapshotOf, snapshotParameter, snapshotsIn } from "../../inventory/snapshots.ts";
import { command } from "../../language/index.ts";

export const removeSnapshot = command({
  name: "Remove-Snapshot",
  summary: "Removes snapshots and merges the disk files that are no longer needed; the machine stays as it is.",
  parameters: {
    Snapshot: snapshotParameter,
    RemoveChildren: { type: "switch", help: "Removes the snapshots that follow on them as well." },
    RunAsync: runAsync,
  },
  supportsShouldProcess: "high",
  examples: [
    {
      code: "New-Snapshot web-01 -Name clean | Out-Null; Get-Snapshot web-01 | Remove-Snapshot -Confirm:$false",
      note: "Removes all snapshots of a machine without asking you.",
    },
  ],
  async process(ctx, { Snapshot, RemoveChildren, RunAsync }) {
    for (const object of snapshotsIn(Snapshot)) {
      if (!(await ctx.shouldProcess(object.name, "Remove snapshot"))) continue;
      const snapshot = await snapshotOf(object);
      const args = { removeChildren: RemoveChildren, consolidate: true };
      await act(ctx, machineWith(object), () => snapshot.RemoveSnapshot_Task(args, { signal: ctx.signal }), {
        runAsync: RunAsync,
      });
    }
  },
});
