import { act } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { snapshotsOf } from "../../inventory/snapshots.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";

export const newSnapshot = command({
  name: "New-Snapshot",
  summary: "Takes snapshots of virtual machines, which share all that is not changed afterwards.",
  parameters: {
    VM: vmParameter,
    Name: { type: "string", position: 1, mandatory: true, help: "The name of the snapshot." },
    Description: { type: "string", help: "A description." },
    Memory: { type: "switch", help: "Keeps the memory of a running machine too." },
    Quiesce: { type: "switch", help: "Has the guest bring its file systems to rest first." },
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "Snapshot",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "New-Snapshot web-01 -Name 'before the update' -Memory",
      note: "A snapshot of a running machine, to go on from.",
    },
  ],
  async process(ctx, { VM, Name, Description, Memory, Quiesce, RunAsync }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, `Create snapshot '${Name}'`))) continue;
      const args = {
        name: Name,
        memory: Memory,
        quiesce: Quiesce,
        ...(Description === undefined ? {} : { description: Description }),
      };
      const known = new Set((await snapshotsOf(vm, ctx.signal)).map(({ ref }) => ref.value));
      await act(ctx, vm, (machine) => machine.CreateSnapshot_Task(args, { signal: ctx.signal }), {
        runAsync: RunAsync,
      });
      if (RunAsync) continue;
      for (const made of await snapshotsOf(vm, ctx.signal)) if (!known.has(made.ref.value)) await ctx.write(made);
    }
  },
});
