import { escapeName } from "../../state/name.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const connected = { connected: "CONNECTED", disconnected: "DISCONNECTED", notResponding: "NOT_RESPONDING" } as const;
const power = { poweredOn: "POWERED_ON", poweredOff: "POWERED_OFF", standBy: "STANDBY", unknown: "UNKNOWN" } as const;

const hosts: List<"HostSystem"> = {
  kinds: ["HostSystem"],
  ids: "hosts",
  most: 2500,
  filters: {
    folders: ({ parent }, inventory) => inventory.idOf(inventory.object(parent)?.parent ?? 0),
    clusters: ({ parent }, inventory) => inventory.idOf(parent),
    standalone: ({ parent }, inventory) => String(inventory.object(parent)?.kind !== "ClusterComputeResource"),
    connection_states: ({ connection }) => connected[connection],
  },
  words: { standalone: ["true", "false"], connection_states: Object.values(connected) },
  row: ({ id, name, connection }, inventory) => ({
    host: inventory.idOf(id),
    name: escapeName(name),
    connection_state: connected[connection],
    ...(connection === "connected" ? { power_state: power.poweredOn } : {}),
  }),
};

export const hostRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/host", run: (caller) => listed(hosts, caller) },
];
