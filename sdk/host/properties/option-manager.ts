import { settings, supportedOptions } from "../inventory/host-options.ts";
import type { HostRecord } from "../state/record.ts";
import type { Table } from "./table.ts";

/** Belongs to a host. */
export const optionManager: Table<"OptionManager", HostRecord> = {
  supportedOption: supportedOptions,
  setting: settings,
};
