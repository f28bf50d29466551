import { netConfigs } from "../network/nic-types.ts";
import type { HostRecord } from "../state/record.ts";
import { parts } from "./derivation.ts";
import type { Table } from "./table.ts";

export const hostVirtualNicManager: Table<"HostVirtualNicManager", HostRecord> = {
  info: parts({ netConfig: netConfigs }),
  value: () => [],
  availableField: () => [],
};
