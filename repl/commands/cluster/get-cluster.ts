import { cluster } from "../../inventory/kinds/cluster.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";

export const getCluster = command({
  name: "Get-Cluster",
  summary: "Lists clusters.",
  parameters: {
    Name: byName("Cluster"),
    Location: {
      type: "object[]",
      pipeline: "value",
      help: "Only clusters in these folders or datacenters, or those of these hosts or machines.",
    },
    VM: { type: "object[]", help: "Only the clusters that these machines run in." },
    VMHost: { type: "object[]", help: "Only the clusters of these hosts." },
    Id: byId,
    Server: server,
  },
  outputs: "Cluster",
  examples: [{ code: "Get-Cluster | Get-VMHost", note: "The hosts of all clusters." }],
  process(ctx, { Name, Location, VM, VMHost, Id, Server }) {
    return list(ctx, cluster, { Name, Id, Server, near: VM ?? VMHost ?? Location });
  },
});
