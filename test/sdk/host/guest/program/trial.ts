import { commands } from "../../../../../sdk/host/guest/program/commands/index.ts";
import { GuestSession } from "../../../../../sdk/host/guest/program/guest-session.ts";
import { GuestShell, justBash, type Outcome } from "../../../../../sdk/host/guest/program/guest-shell.ts";
import { Host } from "../../../../../sdk/host/host.ts";
import type { GuestProgram, GuestScript } from "../../../../../sdk/host/state/guest-record.ts";
import type { MachineRecord } from "../../../../../sdk/host/state/machine-record.ts";
import type { View } from "../../../../../sdk/host/state/view.ts";
import { MemoryFiles } from "../operations/memory-files.ts";

let shell: GuestShell | undefined;
let world: { readonly view: View; readonly machine: MachineRecord } | undefined;

/** A machine of the lab, for guests whose files are in memory only. */
export function anyMachine(): { readonly view: View; readonly machine: MachineRecord } {
  if (world) return world;
  const { view } = Host.start({ seed: 1 }).universe;
  for (const found of view.state.objects.values())
    if (found.kind === "VirtualMachine" && found.name === "web-01") world = { view, machine: found };
  if (!world) throw new Error("The lab has no web-01.");
  return world;
}

const scriptOf = (text: string): GuestScript => ({
  text,
  place: [],
  shell: "",
  status: 0,
  wakes: undefined,
  uid: 0,
  draws: 0,
});

interface Step {
  readonly outcome: Outcome;
  readonly session: GuestSession;
}

/** Runs a script until it ends or stops. */
async function runOnce(
  script: GuestScript,
  files = new MemoryFiles(),
  changes: Partial<MachineRecord> = {},
): Promise<Step> {
  shell ??= new GuestShell(await justBash(), commands);
  const { view, machine } = anyMachine();
  const program: GuestProgram = {
    pid: 1001,
    name: "sh",
    commandLine: "sh",
    owner: "root",
    started: 0,
    ended: undefined,
    exitCode: undefined,
    script,
  };
  const session = new GuestSession(view, { ...machine, ...changes }, program, files, () => {});
  return { outcome: await shell.run(session, script, new AbortController().signal), session };
}

/** Runs a script to its end through all of its stops. Everything that it has is data at each of them. */
export async function runThrough(text: string, files = new MemoryFiles(), changes: Partial<MachineRecord> = {}) {
  let script = scriptOf(text);
  for (let stops = 0; ; stops++) {
    const { outcome, session } = await runOnce(script, files, changes);
    if (outcome.ended) return { ...outcome, stops, files, session };
    script = JSON.parse(JSON.stringify(outcome.script));
  }
}

export const textOf = (files: MemoryFiles, path: string): string =>
  files.exists(path) ? new TextDecoder().decode(files.readFile(path)) : "";
