import manifest from "../package.json" with { type: "json" };
import { type Session, toText } from "./language/index.ts";
import { visible } from "./render/safe.ts";

/** The very first line: there before anything is connected to. */
export const title = `Fargo ${manifest.version}, a shell for vSphere.\n`;

const figures = '@(Get-Datacenter).Name -join ", "; @(Get-VMHost).Count; @(Get-VM).Count';

/** Where one is when no server was named: in the lab, which this connects to, so that the first command finds it ready. */
export async function simulatedLab(session: Session): Promise<string> {
  const [datacenter, hosts, machines] = (await session.evaluate(figures)).map((value) => visible(toText(value)));
  const counted =
    machines === undefined ? "" : `: datacenter ${datacenter}, ${hosts} hosts, ${machines} virtual machines`;
  return `You are on the built-in simulated vCenter${counted}.
Try what you like: it is gone when you leave. (fargo --server <url> connects to one of yours.)`;
}

/**
 * The first screen after its title: where one is, three things to try, and how to leave.
 *
 * @param where a sentence or two
 */
export function greeting(where: string, isLab: boolean): string {
  const tries = isLab
    ? ["Get-VM", 'New-InstantClone -VM golden -Count 1000 -Name "desk-{0:d4}"', "Get-MemorySharing golden"]
    : ["Get-VM", "Get-Datastore", "Get-Help New-InstantClone"];
  return `${where}

Three things to try:
${tries.map((line) => `  ${line}`).join("\n")}

Tab completes, Get-Help explains, Ctrl-C stops what runs. To leave: exit, or Ctrl-D.

`;
}
