import type { DatacenterRecord } from "../state/record.ts";
import { link, links } from "./derivation.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";

export const datacenter: Table<"Datacenter", DatacenterRecord> = {
  ...entity(),
  vmFolder: link((record) => record.folders.v),
  hostFolder: link((record) => record.folders.h),
  datastoreFolder: link((record) => record.folders.s),
  networkFolder: link((record) => record.folders.n),
  datastore: links((record) => record.datastores),
  network: links((record) => record.networks),
  configuration: (record) => record.config ?? {},
};
