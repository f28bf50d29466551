import type { GuestCommand } from "../guest-shell.ts";
import { runToolsCommand } from "./tools.ts";

/** The commands of a guest that are about more than its files: what there is of others comes with the shell. */
export const commands: ReadonlyMap<string, GuestCommand> = new Map<string, GuestCommand>(
  Object.entries<GuestCommand>({
    "vmware-rpctool": (session, args) => runToolsCommand(session, args[0], false),
    vmtoolsd: (session, args) => runToolsCommand(session, args[args.indexOf("--cmd") + 1], false),
  }),
);
