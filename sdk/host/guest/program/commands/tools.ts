import type { ExecResult } from "just-bash";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";

/** What VMware Tools tell the host, and ask it: the argument of `vmware-rpctool`, and of `vmtoolsd --cmd`. */
export function runToolsCommand(session: GuestSession, text: string | undefined, freezable: boolean): ExecResult {
  const [verb = "", key = "", ...rest] = (text ?? "").trim().split(/\s+/);
  switch (verb) {
    case "info-get": {
      const value = key.startsWith("guestinfo.") ? session.info(key) : undefined;
      return value === undefined ? complain("No value found") : say(`${value}\n`);
    }
    case "info-set":
      if (!key.startsWith("guestinfo.")) return complain(`Permission denied: '${key}' is no key of guestinfo`);
      session.written.set(key, behind(text ?? "", key, rest));
      return say("\n");
    case "instantclone.freeze":
      return freezable ? freeze(session) : complain(tooDeep);
    case "machine.id.get":
      return complain("No machine id");
    case "vmx.capability.unified_loop":
    case "log":
      return done();
    default:
      return complain(`Unknown command: ${verb || "none was given"}`);
  }
}

/** All that is behind the key, with its spaces. */
function behind(text: string, key: string, rest: readonly string[]): string {
  return rest.length === 0 ? "" : text.slice(text.indexOf(key) + key.length).trim();
}

function freeze(session: GuestSession): ExecResult {
  const { refusal } = session.told;
  if (refusal !== undefined) return complain(`instantclone.freeze: this script cannot be frozen here: ${refusal}`);
  session.told.stop = { why: "freeze" };
  return done();
}

const tooDeep =
  "instantclone.freeze: this script cannot be frozen inside a pipeline, a subshell, a command substitution, a script that it calls, " +
  "or a construct that reads from a file. Call it by itself, or inside of if, loops, case, braces or functions.";
