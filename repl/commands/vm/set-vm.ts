import type { vim } from "../../../sdk/index.ts";
import { act, machineOf } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { snapshotNamed, snapshotOf } from "../../inventory/snapshots.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { type CommandContext, command, type Value } from "../../language/index.ts";

interface Wanted {
  readonly Name: string | undefined;
  readonly NumCpu: number | undefined;
  readonly CoresPerSocket: number | undefined;
  readonly MemoryGB: number | undefined;
  readonly MemoryMB: number | undefined;
  readonly Notes: string | undefined;
  readonly GuestId: string | undefined;
}

/** The settings that were given, as vSphere takes them. */
function specOf({
  Name,
  NumCpu,
  CoresPerSocket,
  MemoryGB,
  MemoryMB,
  Notes,
  GuestId,
}: Wanted): vim.VirtualMachineConfigSpec {
  const memoryMB = MemoryMB ?? (MemoryGB === undefined ? undefined : Math.round(MemoryGB * 1024));
  return {
    ...(Name === undefined ? {} : { name: Name }),
    ...(NumCpu === undefined ? {} : { numCPUs: NumCpu }),
    ...(CoresPerSocket === undefined ? {} : { numCoresPerSocket: CoresPerSocket }),
    ...(memoryMB === undefined ? {} : { memoryMB }),
    ...(Notes === undefined ? {} : { annotation: Notes }),
    ...(GuestId === undefined ? {} : { guestId: GuestId }),
  };
}

export const setVM = command({
  name: "Set-VM",
  summary: "Changes the configuration of virtual machines.",
  parameters: {
    VM: vmParameter,
    Name: { type: "string", position: 1, help: "A new name." },
    NumCpu: { type: "int", range: [1, 768], help: "Virtual processors." },
    CoresPerSocket: {
      type: "int",
      range: [1, 768],
      help: "Cores of each virtual socket.",
    },
    MemoryGB: { type: "double", help: "Memory in GiB." },
    MemoryMB: { type: "int", help: "Memory in MiB." },
    Notes: { type: "string", aliases: ["Description"], help: "Notes." },
    GuestId: {
      type: "string",
      help: "The guest operating system's id, such as ubuntu64Guest.",
    },
    ToTemplate: { type: "switch", help: "Makes a template of the machine." },
    Snapshot: { type: "object", help: "Takes the machine back to this snapshot of its own, an object or a name." },
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "high",
  examples: [
    {
      code: "Set-VM build-01 -NumCpu 8 -MemoryGB 16 -Confirm:$false",
      note: "Makes a machine that is off larger.",
    },
    {
      code: "New-Snapshot web-01 -Name clean -Memory | Out-Null; Set-VM web-01 -Snapshot clean -Confirm:$false",
      note: "Takes a machine back to a snapshot.",
    },
  ],
  async process(ctx, args) {
    const { VM, ToTemplate, Snapshot, RunAsync } = args;
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (Snapshot !== undefined && Snapshot !== null) {
        await revert(ctx, vm, Snapshot, RunAsync);
        continue;
      }
      if (!(await ctx.shouldProcess(vm.name, ToTemplate ? "Convert to template" : "Reconfigure"))) continue;
      if (ToTemplate) await (await machineOf(vm)).MarkAsTemplate({}, { signal: ctx.signal });
      const spec = specOf(args);
      if (ToTemplate && Object.keys(spec).length === 0) continue;
      await act(ctx, vm, (machine) => machine.ReconfigVM_Task({ spec }, { signal: ctx.signal }), {
        runAsync: RunAsync,
        show: virtualMachine,
      });
    }
  },
});

async function revert(ctx: CommandContext<unknown>, vm: VIObject, to: Value, runAsync: boolean): Promise<void> {
  const snapshot = await snapshotNamed(ctx, vm, to);
  if (!(await ctx.shouldProcess(vm.name, `Revert to snapshot '${snapshot.name}'`))) return;
  const target = await snapshotOf(snapshot);
  const show = { runAsync, show: virtualMachine };
  await act(ctx, vm, () => target.RevertToSnapshot_Task({}, { signal: ctx.signal }), show);
}
