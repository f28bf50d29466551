import { server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";
import { askGuests, guestParameter } from "./guest-power.ts";

export const suspendVMGuest = command({
  name: "Suspend-VMGuest",
  summary: "Asks guests to go to sleep: their machines are suspended.",
  parameters: { VM: guestParameter, Server: server },
  outputs: "VMGuest",
  supportsShouldProcess: "high",
  examples: [{ code: "Suspend-VMGuest web-01 -Confirm:$false", note: "Sends a guest to sleep." }],
  process: (ctx, { VM }) =>
    askGuests(ctx, VM, "Suspend VM guest.", (vm) => vm.StandbyGuest({}, { signal: ctx.signal })),
});
