import type { Ref } from "../../vim/index.ts";
import { settings, supportedOptions } from "../inventory/host-options.ts";
import { vcenterOptionDefs, vcenterOptions } from "../settings/options.ts";
import type { HostRecord } from "../state/record.ts";
import { linked } from "./derivation.ts";
import type { Table } from "./table.ts";

/** A host's, or the vCenter's own. */
export const optionManager: Table<"OptionManager", HostRecord | Ref> = {
  supportedOption: (owner) => ("kind" in owner ? supportedOptions() : vcenterOptionDefs()),
  setting: linked(["session"], (owner, reader) =>
    "kind" in owner ? settings(owner) : vcenterOptions(reader.settings),
  ),
};
