import { escapeName } from "../state/name.ts";
import type { NetworkRecord } from "../state/record.ts";
import { link, links, parts } from "./derivation.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";

export const network: Table<"Network", NetworkRecord> = {
  ...entity(),
  summary: parts({
    network: link((record) => record.id),
    name: (record) => escapeName(record.name),
    accessible: () => true,
    ipPoolName: () => "",
  }),
  host: links((record) => record.hosts),
  vm: links((record) => record.vms),
};
