import { folder } from "../../inventory/kinds/folder.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { isRef } from "../../inventory/values.ts";
import { VIObject } from "../../inventory/vi-object.ts";
import { command } from "../../language/index.ts";

export const getFolder = command({
  name: "Get-Folder",
  summary: "Lists folders.",
  parameters: {
    Name: byName("Folder"),
    Location: { type: "object[]", pipeline: "value", help: "Only folders below these folders or datacenters." },
    Type: {
      type: "string[]",
      values: ["VM", "HostAndCluster", "Datastore", "Network", "Datacenter"],
      help: "Only folders for these kinds of objects.",
    },
    NoRecursion: { type: "switch", help: "Only folders directly in the location." },
    Id: byId,
    Server: server,
  },
  outputs: "Folder",
  examples: [{ code: "Get-Folder -Type VM", note: "All folders for machines." }],
  process(ctx, { Name, Location, Type, NoRecursion, Id, Server }) {
    const above = new Set((Location ?? []).flatMap((at) => (at instanceof VIObject ? [at.ref.value] : [])));
    return list(ctx, folder, {
      Name,
      Id,
      Server,
      near: Location,
      only: (object) => {
        const { parent } = object.values;
        if (NoRecursion && above.size > 0 && !(isRef(parent) && above.has(parent.value))) return false;
        return Type === undefined || Type.includes(String(folder.properties.Type?.(object.values, object)));
      },
    });
  },
});
