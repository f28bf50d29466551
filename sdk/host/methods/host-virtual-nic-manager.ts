import type { Handlers } from "../call.ts";
import { netConfig } from "../network/nic-types.ts";
import { record } from "../state/view.ts";

/** What a host's own cards are for, `HostSystem.configManager.virtualNicManager`: it has one, which does what every host needs. */
export const hostVirtualNicManager: Handlers<"HostVirtualNicManager"> = {
  QueryNetConfig: ({ core, id }, { nicType }) => netConfig(record(core.universe.view, "HostSystem", id), nicType),
};
