import { escapeName } from "../../state/name.ts";
import { ref } from "./caller.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const types = ["VMFS", "NFS", "NFS41", "CIFS", "VSAN", "VFFS", "VVOL"];

const datastores: List<"Datastore"> = {
  kinds: ["Datastore"],
  ids: "datastores",
  most: 2500,
  filters: { folders: ({ parent }, inventory) => inventory.idOf(parent), types: ({ type }) => type },
  words: { types },
  row: (record, inventory) => ({
    datastore: inventory.idOf(record.id),
    name: escapeName(record.name),
    type: record.type,
    free_space: inventory.value(record, "summary.freeSpace"),
    capacity: record.capacity,
  }),
};

export const datastoreRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/datastore", run: (caller) => listed(datastores, caller) },
  {
    method: "GET",
    path: "/vcenter/datastore/{datastore}",
    run(caller, { datastore = "" }) {
      const summary = caller.fetch(ref("Datastore", datastore), "summary");
      return {
        name: summary.name,
        type: summary.type,
        accessible: summary.accessible,
        free_space: summary.freeSpace,
        multiple_host_access: summary.multipleHostAccess ?? false,
        thin_provisioning_supported: true,
      };
    },
  },
];
