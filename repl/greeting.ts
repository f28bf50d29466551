import manifest from "../package.json" with { type: "json" };

/**
 * The first screen: where one is, three things to try, and how to leave.
 *
 * @param server what `--server` connected to; without it, the simulated vCenter is a command away
 */
export function greeting(server?: string): string {
  const where =
    server === undefined
      ? "This is the built-in simulated vCenter, datacenter DC0. It is real enough to try everything on,\nand gone when you leave. (fargo --server <url> connects to one of yours.)"
      : `You are connected to ${server}.`;
  const tries =
    server === undefined
      ? ["Get-VM", 'New-InstantClone -VM golden -Count 1000 -Name "desk-{0:d4}"', "Get-MemorySharing golden"]
      : ["Get-VM", "Get-Datastore", "Get-Help New-InstantClone"];
  return `Fargo ${manifest.version}, a shell for vSphere.
${where}

Three things to try:
${tries.map((line) => `  ${line}`).join("\n")}

Tab completes, Get-Help explains, Ctrl-C stops what runs. To leave: exit, or Ctrl-D.

`;
}
