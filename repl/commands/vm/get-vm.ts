import type { Ref } from "../../../sdk/index.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { list } from "../../inventory/list.ts";
import { load } from "../../inventory/load.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { type CommandContext, command, type Value } from "../../language/index.ts";

export const getVM = command({
  name: "Get-VM",
  summary: "Lists virtual machines.",
  description:
    "What it puts out is a snapshot: call it again to see what has changed. Templates are listed by Get-Template.",
  parameters: {
    Name: byName("VirtualMachine"),
    Location: {
      type: "object[]",
      pipeline: "value",
      help: "Only machines in these folders, datacenters, clusters, resource pools, or on these hosts.",
    },
    Datastore: {
      type: "object[]",
      help: "Only machines with files on these datastores.",
    },
    InstantCloneOf: {
      type: "object[]",
      complete: "VirtualMachine",
      help: "Only instant clones of these machines, made from them and not from one another (simulated vCenters only).",
    },
    Id: byId,
    Server: server,
  },
  outputs: "VirtualMachine",
  examples: [
    {
      code: "Get-VM web-*",
      note: "Machines by a pattern.",
      output:
        "\nName                 PowerState Num CPUs MemoryGB\n----                 ---------- -------- --------\nweb-01               PoweredOn  2        4.000\nweb-02               PoweredOn  2        4.000\n\n",
    },
    {
      code: "New-InstantClone golden desk-1 | Out-Null; Get-VM -InstantCloneOf golden",
      note: "The machines that were forked from one.",
      output:
        "\nName                 PowerState Num CPUs MemoryGB\n----                 ---------- -------- --------\ndesk-1               PoweredOn  2        8.000\n\n",
    },
    {
      code: "Get-Cluster | Get-VM | Where-Object PowerState -EQ PoweredOff",
      note: "Machines of all clusters that are off.",
    },
  ],
  async process(ctx, { Name, Location, Datastore, InstantCloneOf, Id, Server }) {
    const near = Datastore ?? Location;
    const template = (vm: VIObject) => vm.values["config.template"] === true;
    if (InstantCloneOf) {
      const other = Name ?? near ?? Id;
      const clones = await clonesOf(ctx, InstantCloneOf);
      if (other) {
        const wanted = new Set(clones.map(({ ref }) => ref.value));
        const only = (vm: VIObject) => wanted.has(vm.ref.value) && !template(vm);
        return list(ctx, virtualMachine, { Name, Id, Server, near, only });
      }
      for (const vm of clones) if (!template(vm)) await ctx.write(vm);
      return;
    }
    return list(ctx, virtualMachine, {
      Name,
      Id,
      Server,
      near,
      only: (vm) => !template(vm),
    });
  },
});

/** The instant clones of some machines, found by their sources and not by a walk over the inventory. */
async function clonesOf(ctx: CommandContext<unknown>, sources: readonly Value[]): Promise<VIObject[]> {
  const found: VIObject[] = [];
  for (const { connection, ref } of await resolve(ctx, virtualMachine, sources)) {
    const forks = await connection.session.forksOf(ref as Ref<"VirtualMachine">);
    const refs = forks.filter(({ made }) => made === "instantClone").map((fork) => fork.ref);
    found.push(...(await load(connection, virtualMachine, refs, ctx.signal)));
  }
  return found;
}
