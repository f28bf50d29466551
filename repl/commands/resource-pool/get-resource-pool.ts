import { resourcePool } from "../../inventory/kinds/resource-pool.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";

export const getResourcePool = command({
  name: "Get-ResourcePool",
  summary: "Lists resource pools.",
  parameters: {
    Name: byName("ResourcePool"),
    Location: {
      type: "object[]",
      pipeline: "value",
      help: "Only pools below these clusters, hosts, pools, folders or datacenters.",
    },
    VM: { type: "object[]", help: "Only the pools of these machines." },
    Id: byId,
    Server: server,
  },
  outputs: "ResourcePool",
  examples: [{ code: "Get-ResourcePool desktops", note: "A pool by its name." }],
  process(ctx, { Name, Location, VM, Id, Server }) {
    return list(ctx, resourcePool, { Name, Id, Server, near: VM ?? Location });
  },
});
