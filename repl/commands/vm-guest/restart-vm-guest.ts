import { server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";
import { askGuests, guestParameter } from "./guest-power.ts";

export const restartVMGuest = command({
  name: "Restart-VMGuest",
  summary: "Asks guests to start anew.",
  parameters: { VM: guestParameter, Server: server },
  outputs: "VMGuest",
  supportsShouldProcess: "high",
  examples: [{ code: "Restart-VMGuest web-01 -Confirm:$false", note: "Starts a guest anew." }],
  process: (ctx, { VM }) => askGuests(ctx, VM, "Restart VM guest.", (vm) => vm.RebootGuest({}, { signal: ctx.signal })),
});
