import { datacenter } from "../../inventory/kinds/datacenter.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";

export const getDatacenter = command({
  name: "Get-Datacenter",
  summary: "Lists datacenters.",
  parameters: {
    Name: byName("Datacenter"),
    Location: {
      type: "object[]",
      pipeline: "value",
      help: "Only datacenters in these folders, or those that these objects are in.",
    },
    VM: { type: "object[]", help: "Only the datacenters of these machines." },
    VMHost: { type: "object[]", help: "Only the datacenters of these hosts." },
    Cluster: { type: "object[]", help: "Only the datacenters of these clusters." },
    Id: byId,
    Server: server,
  },
  outputs: "Datacenter",
  examples: [
    {
      code: "Get-VM golden | Get-Datacenter",
      note: "The datacenter that a machine is in.",
      output: "\nName\n----\nDC0\n\n",
    },
  ],
  process(ctx, { Name, Location, VM, VMHost, Cluster, Id, Server }) {
    return list(ctx, datacenter, { Name, Id, Server, near: VM ?? VMHost ?? Cluster ?? Location });
  },
});
