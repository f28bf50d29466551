import { escapeName } from "../../state/name.ts";
import { ref } from "./caller.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const datacenters: List<"Datacenter"> = {
  kinds: ["Datacenter"],
  ids: "datacenters",
  most: 1000,
  filters: { folders: ({ parent }, inventory) => inventory.idOf(parent) },
  row: ({ id, name }, inventory) => ({ name: escapeName(name), datacenter: inventory.idOf(id) }),
};

export const datacenterRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/datacenter", run: (caller) => listed(datacenters, caller) },
  {
    method: "GET",
    path: "/vcenter/datacenter/{datacenter}",
    run(caller, { datacenter = "" }) {
      const self = ref("Datacenter", datacenter);
      return {
        name: caller.fetch(self, "name"),
        datastore_folder: caller.fetch(self, "datastoreFolder").value,
        host_folder: caller.fetch(self, "hostFolder").value,
        network_folder: caller.fetch(self, "networkFolder").value,
        vm_folder: caller.fetch(self, "vmFolder").value,
      };
    },
  },
];
