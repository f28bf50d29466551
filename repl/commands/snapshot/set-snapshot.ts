import { server } from "../../inventory/parameters.ts";
import { machineWith, snapshotNamed, snapshotOf, snapshotParameter, snapshotsIn } from "../../inventory/snapshots.ts";
import { command } from "../../language/index.ts";

export const setSnapshot = command({
  name: "Set-Snapshot",
  summary: "Gives snapshots another name or description.",
  parameters: {
    Snapshot: snapshotParameter,
    Name: { type: "string", help: "A new name." },
    Description: { type: "string", help: "A new description." },
    Server: server,
  },
  outputs: "Snapshot",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "New-Snapshot web-01 -Name clean | Set-Snapshot -Description 'as delivered'",
      note: "Says what a snapshot is good for.",
    },
  ],
  async process(ctx, { Snapshot, Name, Description }) {
    for (const snapshot of snapshotsIn(Snapshot)) {
      if (!(await ctx.shouldProcess(snapshot.name, "Change"))) continue;
      await (await snapshotOf(snapshot)).rename({
        ...(Name === undefined ? {} : { name: Name }),
        ...(Description === undefined ? {} : { description: Description }),
      });
      await ctx.write(await snapshotNamed(ctx, machineWith(snapshot), snapshot));
    }
  },
});
