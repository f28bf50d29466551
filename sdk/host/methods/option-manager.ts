import { type Call, type Handlers, sessionOf } from "../call.ts";
import { queryOptions, withOptions } from "../inventory/host-options.ts";
import { requirePrivilege } from "../session/privileges.ts";
import { record, type View } from "../state/view.ts";

const hostOf = (view: View, { id }: Call<"OptionManager">) => record(view, "HostSystem", id);

/** The advanced options of a host, `HostSystem.configManager.advancedOption`. */
export const optionManager: Handlers<"OptionManager"> = {
  QueryOptions: (call, { name }) => queryOptions(hostOf(call.core.universe.view, call), name),

  UpdateOptions(call, { changedValue }) {
    const { universe } = call.core;
    requirePrivilege(universe.view, sessionOf(call), call.id, "Host.Config.AdvancedConfig");
    universe.transact((tx) => tx.put(withOptions(hostOf(tx, call), changedValue)));
  },
};
