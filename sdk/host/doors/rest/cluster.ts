import { escapeName } from "../../state/name.ts";
import { ref } from "./caller.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const clusters: List<"ClusterComputeResource"> = {
  kinds: ["ClusterComputeResource"],
  ids: "clusters",
  most: 1000,
  filters: { folders: ({ parent }, inventory) => inventory.idOf(parent) },
  row: ({ id, name, drs, ha }, inventory) => ({
    drs_enabled: drs,
    cluster: inventory.idOf(id),
    name: escapeName(name),
    ha_enabled: ha,
  }),
};

export const clusterRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/cluster", run: (caller) => listed(clusters, caller) },
  {
    method: "GET",
    path: "/vcenter/cluster/{cluster}",
    run(caller, { cluster = "" }) {
      const self = ref("ClusterComputeResource", cluster);
      return { name: caller.fetch(self, "name"), resource_pool: caller.fetch(self, "resourcePool")?.value };
    },
  },
];
