import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";

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
      code: "Get-Cluster | Get-VM | Where-Object PowerState -EQ PoweredOff",
      note: "Machines of all clusters that are off.",
    },
  ],
  process(ctx, { Name, Location, Datastore, Id, Server }) {
    const near = Datastore ?? Location;
    return list(ctx, virtualMachine, {
      Name,
      Id,
      Server,
      near,
      only: (vm) => vm.values["config.template"] !== true,
    });
  },
});
