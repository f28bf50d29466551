import type { VirtualMachine } from "../../../sdk/index.ts";
import { machineOf } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { vmGuest } from "../../inventory/kinds/vm-guest.ts";
import { load } from "../../inventory/load.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import type { CommandContext, Value } from "../../language/index.ts";

/** The machines, or their guests as Get-VMGuest puts them out. */
export const guestParameter = {
  ...vmParameter,
  aliases: ["Guest"],
  help: "The machines, as objects or by name, or their guests.",
} as const;

/** Asks guests for something that they do by themselves, and shows them. What one refuses does not keep the others from it. */
export async function askGuests(
  ctx: CommandContext<unknown>,
  machines: readonly Value[],
  action: string,
  ask: (vm: VirtualMachine) => Promise<unknown>,
): Promise<void> {
  for (const vm of await resolve(ctx, virtualMachine, machines)) {
    if (!(await ctx.shouldProcess(vm.name, action))) continue;
    try {
      await ask(await machineOf(vm));
      for (const guest of await load(vm.connection, vmGuest, [vm.ref], ctx.signal)) await ctx.write(guest);
    } catch (error) {
      ctx.signal.throwIfAborted();
      await ctx.error(error instanceof Error ? error : String(error), { target: vm });
    }
  }
}
