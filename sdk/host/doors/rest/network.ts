import { escapeName } from "../../state/name.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const types = { Network: "STANDARD_PORTGROUP", DistributedVirtualPortgroup: "DISTRIBUTED_PORTGROUP" } as const;

const networks: List<"Network" | "DistributedVirtualPortgroup"> = {
  kinds: ["Network", "DistributedVirtualPortgroup"],
  ids: "networks",
  most: 1000,
  filters: { folders: ({ parent }, inventory) => inventory.idOf(parent), types: ({ kind }) => types[kind] },
  words: { types: [...Object.values(types), "OPAQUE_NETWORK"] },
  row: ({ id, kind, name }, inventory) => ({ name: escapeName(name), type: types[kind], network: inventory.idOf(id) }),
};

export const networkRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/network", run: (caller) => listed(networks, caller) },
];
