import { template } from "../../inventory/kinds/template.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command } from "../../language/index.ts";

export const getTemplate = command({
  name: "Get-Template",
  summary: "Lists templates.",
  parameters: {
    Name: byName("Template"),
    Location: {
      type: "object[]",
      pipeline: "value",
      help: "Only templates in these folders or datacenters.",
    },
    Datastore: {
      type: "object[]",
      help: "Only templates with files on these datastores.",
    },
    Id: byId,
    Server: server,
  },
  outputs: "Template",
  examples: [{ code: "Get-Template", note: "All templates." }],
  process(ctx, { Name, Location, Datastore, Id, Server }) {
    const near = Datastore ?? Location;
    return list(ctx, template, {
      Name,
      Id,
      Server,
      near,
      only: (vm) => vm.values["config.template"] === true,
    });
  },
});
