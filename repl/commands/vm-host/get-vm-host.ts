import { vmHost } from "../../inventory/kinds/vm-host.ts";
import { list } from "../../inventory/list.ts";
import { byId, byName, server } from "../../inventory/parameters.ts";
import { command, toText } from "../../language/index.ts";

export const getVMHost = command({
  name: "Get-VMHost",
  summary: "Lists hosts.",
  parameters: {
    Name: byName("VMHost"),
    Location: {
      type: "object[]",
      pipeline: "value",
      help: "Only hosts of these clusters, folders or datacenters, or those that these machines run on.",
    },
    VM: { type: "object[]", help: "Only the hosts that these machines run on." },
    Datastore: { type: "object[]", help: "Only hosts that mount these datastores." },
    State: {
      type: "string[]",
      values: ["Connected", "Disconnected", "NotResponding", "Maintenance"],
      help: "Only hosts in one of these states.",
    },
    Id: byId,
    Server: server,
  },
  outputs: "VMHost",
  examples: [{ code: "Get-VMHost | Select-Object Name, MemoryTotalGB", note: "Hosts and their memory." }],
  process(ctx, { Name, Location, VM, Datastore, State, Id, Server }) {
    const states = State?.map((state) => state.toLowerCase());
    return list(ctx, vmHost, {
      Name,
      Id,
      Server,
      near: VM ?? Datastore ?? Location,
      only: (host) =>
        states?.includes(toText(vmHost.properties.State?.(host.values, host) as string).toLowerCase()) ?? true,
    });
  },
});
