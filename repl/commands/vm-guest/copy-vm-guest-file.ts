import { shown } from "../../inventory/act.ts";
import { guestOf, guestParameters } from "../../inventory/guest.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command } from "../../language/index.ts";
import { resolvePath } from "../file/path.ts";
import { fromGuest, toGuest } from "./copy-files.ts";

export const copyVMGuestFile = command({
  name: "Copy-VMGuestFile",
  summary: "Copies files and directories from this computer to guests, or from guests to this computer.",
  description: "Into a directory that is there, or to a new name. Files that are there are replaced.",
  parameters: {
    Source: {
      type: "string[]",
      position: 0,
      mandatory: true,
      complete: "File",
      help: "What to copy; in guests, complete paths.",
    },
    Destination: { type: "string", position: 1, mandatory: true, help: "Where to; in guests, a complete path." },
    VM: { ...vmParameter, position: 2 },
    LocalToGuest: {
      type: "switch",
      sets: ["LocalToGuest"],
      mandatory: true,
      help: "From this computer to the guests.",
    },
    GuestToLocal: {
      type: "switch",
      sets: ["GuestToLocal"],
      mandatory: true,
      help: "From the guests to this computer.",
    },
    Force: { type: "switch", help: "Makes directories of the destination that are not there." },
    ...guestParameters,
    Server: server,
  },
  supportsShouldProcess: "medium",
  examples: [
    {
      code: "'hello' | Set-Content motd; Copy-VMGuestFile motd /etc/motd web-01 -LocalToGuest; Copy-VMGuestFile /etc/motd back web-01 -GuestToLocal; Get-Content back",
      note: "There and back again.",
      output: "hello\n",
    },
  ],
  async process(ctx, args) {
    const { Source, Destination, Force: force, LocalToGuest } = args;
    // What ends with a slash is a directory, be it there or not.
    const local = (path: string) => resolvePath(ctx.session, path) + (path.endsWith("/") ? "/" : "");
    const options = { force, signal: ctx.signal, onProgress: shown(ctx) };
    for (const vm of await resolve(ctx, virtualMachine, args.VM)) {
      for (const source of Source) {
        if (!(await ctx.shouldProcess(vm.name, `Copy ${source} to ${Destination}`))) continue;
        try {
          const guest = await guestOf(ctx, vm, args);
          if (LocalToGuest) await toGuest(guest, local(source), Destination, options);
          else await fromGuest(guest, source, local(Destination), options);
        } catch (error) {
          ctx.signal.throwIfAborted();
          await ctx.error(error instanceof Error ? error : String(error), { target: vm });
        }
      }
    }
  },
});
