import { server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";
import { askGuests, guestParameter } from "./guest-power.ts";

export const stopVMGuest = command({
  name: "Stop-VMGuest",
  aliases: ["Shutdown-VMGuest"],
  summary: "Asks guests to shut down.",
  parameters: { VM: guestParameter, Server: server },
  outputs: "VMGuest",
  supportsShouldProcess: "high",
  examples: [{ code: "Get-VM web-* | Stop-VMGuest -Confirm:$false", note: "Shuts guests down without asking you." }],
  process: (ctx, { VM }) =>
    askGuests(ctx, VM, "Shutdown VM guest.", (vm) => vm.ShutdownGuest({}, { signal: ctx.signal })),
});
