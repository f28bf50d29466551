import { machineOf } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command, PSObject } from "../../language/index.ts";

/** Bytes are `[long]`, whatever their number. */
const bytes = (value: number): bigint => BigInt(value);

export const getMemorySharing = command({
  name: "Get-MemorySharing",
  summary: "Shows how much memory machines share with others and how much is their own, exact to the byte.",
  description:
    "Only a simulated vCenter knows to the byte. On a real one, see summary.quickStats.privateMemory and sharedMemory, in MB.",
  parameters: {
    VM: vmParameter,
    Disk: {
      type: "switch",
      help: "Shows the first disk instead of the memory.",
    },
  },
  outputs: "MemorySharing",
  examples: [
    {
      code: "New-InstantClone -VM golden -Name desk-1 | Get-MemorySharing",
      note: "A fork that has written nothing yet owns nothing.",
      output:
        "\nName                              Size            Mapped           Private            Shared\n----                              ----            ------           -------            ------\ndesk-1                   8,589,934,592     8,589,934,592                 0     8,589,934,592\n\n",
    },
  ],
  async process(ctx, { VM, Disk }) {
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      try {
        const machine = await machineOf(vm);
        const { size, mapped, private: own, shared } = await (Disk ? machine.disk : machine.memory).figures();
        const row = {
          Name: vm.name,
          Size: bytes(size),
          Mapped: bytes(mapped),
          Private: bytes(own),
          Shared: bytes(shared),
        };
        await ctx.write(PSObject.of(row, "MemorySharing"));
      } catch (error) {
        ctx.signal.throwIfAborted();
        await ctx.error(error instanceof Error ? error : String(error), {
          target: vm,
        });
      }
    }
  },
});
