import { readFile } from "node:fs/promises";
import type { Guest } from "../../../sdk/index.ts";
import { guestOf, guestParameters } from "../../inventory/guest.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { scriptError } from "../../language/error.ts";
import { type CommandContext, command, PSObject } from "../../language/index.ts";
import { resolvePath } from "../file/path.ts";
import { ScriptResult } from "./script-result.ts";

export const invokeVMScript = command({
  name: "Invoke-VMScript",
  summary: "Runs a script in guests and puts out what it put out, and its exit code.",
  description:
    "The script is run by the guest's bash. What it writes to standard output and to standard error comes together, in order, as ScriptOutput. -ScriptText may be the name of a file of this computer.",
  parameters: {
    ScriptText: { type: "string", position: 0, mandatory: true, help: "The script, or a file that holds it." },
    VM: { ...vmParameter, position: 1 },
    ...guestParameters,
    ScriptType: {
      type: "string",
      values: ["Bash", "Bat", "Powershell"],
      default: "Bash",
      help: "The language. Linux guests take Bash.",
    },
    RunAsync: { type: "switch", help: "Starts the script and does not wait for it: its process is put out." },
    Server: server,
  },
  outputs: "VMScriptResult",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "(Invoke-VMScript 'echo hello; exit 3' -VM web-01 -GuestUser root -GuestPassword fargo).ExitCode",
      note: "Runs a script as root.",
      output: "3\n",
    },
    {
      code: "Invoke-VMScript -VM web-01 -ScriptText 'cat /etc/hostname' | ForEach-Object ScriptOutput",
      note: "What a guest thinks it is called.",
    },
  ],
  async process(ctx, args) {
    if (args.ScriptType !== "Bash")
      throw scriptError(`The guests here are Linux: -ScriptType Bash, not ${args.ScriptType}.`, {
        category: "InvalidArgument",
      });
    const text = await scriptOf(ctx, args.ScriptText);
    for (const vm of await resolve(ctx, virtualMachine, args.VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Invoke-VMScript"))) continue;
      try {
        const guest = await guestOf(ctx, vm, args);
        if (args.RunAsync) await ctx.write(await started(guest, text, ctx.signal));
        else {
          const result = await guest.run(shell, ["-c", text], { signal: ctx.signal, merge: true });
          await ctx.write(new ScriptResult(vm, result));
        }
      } catch (error) {
        ctx.signal.throwIfAborted();
        await ctx.error(error instanceof Error ? error : String(error), { target: vm });
      }
    }
  },
});

const shell = "/bin/bash";

async function started(guest: Guest, text: string, signal: AbortSignal): Promise<PSObject> {
  const pid = await guest.start(shell, ["-c", text], { redirection: " > /dev/null 2>&1", signal });
  return PSObject.of({ ProcessId: pid, Name: "Invoke-VMScript", State: "Running" }, "VMScriptProcess");
}

/** A script, or the file that holds it: a text of one line that is the name of a file. */
async function scriptOf(ctx: CommandContext<unknown>, text: string): Promise<string> {
  if (!/^[^\n]{1,4096}$/.test(text)) return text;
  return readFile(resolvePath(ctx.session, text), { encoding: "utf8", signal: ctx.signal }).catch(() => text);
}
