import { fault } from "../../faults.ts";
import type { GuestFiles } from "../files/guest-files.ts";

const config = "/etc/vmware-tools/tools.conf";

/** Throws OperationDisabledByGuest where the guest's `tools.conf` says so: of this method, or in `[guestoperations]` of all. */
export function requireEnabled(files: GuestFiles, method: string, machine: string): void {
  if (!files.exists(config)) return;
  const keys = section(new TextDecoder().decode(files.readFile(config)), "guestoperations");
  for (const key of ["disabled", `${method}.disabled`]) {
    if (!/^(true|1)$/i.test(keys.get(key) ?? "")) continue;
    throw fault(
      "OperationDisabledByGuest",
      {},
      `The guest of '${machine}' has disabled ${method}: '${key}' in [guestoperations] of ${config}.`,
    );
  }
}

/** The keys of one section of an ini file. */
function section(text: string, wanted: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  let inside = false;
  for (const line of text.split("\n")) {
    const heading = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (heading !== undefined) inside = heading === wanted;
    const [, key, value] = /^\s*([^#;=\s][^=\s]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (inside && key !== undefined) keys.set(key, value ?? "");
  }
  return keys;
}
