import { snapshotKind } from "../../inventory/kinds/snapshot.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { noneNamed, resolve } from "../../inventory/resolve.ts";
import { snapshotsOf } from "../../inventory/snapshots.ts";
import { idOf } from "../../inventory/values.ts";
import { command, wildcard } from "../../language/index.ts";

export const getSnapshot = command({
  name: "Get-Snapshot",
  summary: "Lists the snapshots of virtual machines.",
  parameters: {
    VM: {
      type: "object[]",
      position: 0,
      pipeline: "value",
      complete: "VirtualMachine",
      wildcard: true,
      help: "The machines, as objects or by name. Default: all.",
    },
    Name: { type: "string[]", position: 1, wildcard: true, help: "Names or patterns. Without it, all." },
    Id: { type: "string[]", help: "Ids, as the Id property shows them." },
    Server: server,
  },
  outputs: "Snapshot",
  examples: [
    {
      code: "New-Snapshot web-01 -Name clean | Out-Null; Get-Snapshot web-01 | Select-Object Name, PowerState, IsCurrent",
      note: "The snapshots of a machine, the oldest first.",
    },
  ],
  async process(ctx, { VM, Name, Id }) {
    const missing = new Set(Name?.filter((name) => !/[*?[]/.test(name)));
    for (const vm of await resolve(ctx, virtualMachine, VM ?? ["*"]))
      for (const snapshot of await snapshotsOf(vm, ctx.signal)) {
        if (Name && !Name.some((name) => wildcard(name).test(snapshot.name))) continue;
        if (Id && !Id.some((id) => [idOf(snapshot.ref), snapshot.ref.value].includes(id))) continue;
        for (const name of missing) if (name.toLowerCase() === snapshot.name.toLowerCase()) missing.delete(name);
        await ctx.write(snapshot);
      }
    for (const name of missing) await ctx.error(noneNamed(ctx, snapshotKind, name).record);
  },
});
