import { datastore } from "../../inventory/kinds/datastore.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";

export const getDatastore = command({
  name: "Get-Datastore",
  summary: "Lists datastores with what is free on them.",
  parameters: {
    Name: byName("Datastore"),
    Location: { type: "object[]", help: "Only datastores of these datacenters or folders." },
    RelatedObject: {
      type: "object[]",
      pipeline: "value",
      aliases: ["VM", "VMHost"],
      help: "Only datastores of these machines, hosts, clusters or datacenters.",
    },
    Id: byId,
    Server: server,
  },
  outputs: "Datastore",
  examples: [{ code: "Get-VM golden | Get-Datastore", note: "The datastores that a machine has files on." }],
  process(ctx, { Name, Location, RelatedObject, Id, Server }) {
    return list(ctx, datastore, { Name, Id, Server, near: RelatedObject ?? Location });
  },
});
