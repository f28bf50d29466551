import { type Call, type Handlers, sessionOf } from "../call.ts";
import { queryOptions, withOptions } from "../inventory/host-options.ts";
import { requirePrivilege } from "../session/privileges.ts";
import { queryVcenterOptions, withVcenterOptions } from "../settings/options.ts";
import { record, type View } from "../state/view.ts";

const hostOf = (view: View, { id }: Call<"OptionManager">) => record(view, "HostSystem", id);

/** The options of the vCenter (`ServiceContent.setting`), and those of a host (`HostSystem.configManager.advancedOption`). */
export const optionManager: Handlers<"OptionManager"> = {
  QueryOptions(call, { name }) {
    const { view } = call.core.universe;
    return call.id === 0 ? queryVcenterOptions(view.settings, name) : queryOptions(hostOf(view, call), name);
  },

  UpdateOptions(call, { changedValue }) {
    const { universe, rootFolder } = call.core;
    if (call.id === 0) {
      requirePrivilege(universe.view, sessionOf(call), rootFolder, "Global.Settings");
      universe.transact((tx) => {
        tx.settings = withVcenterOptions(tx.settings, changedValue);
      });
      return;
    }
    requirePrivilege(universe.view, sessionOf(call), call.id, "Host.Config.AdvancedConfig");
    universe.transact((tx) => tx.put(withOptions(hostOf(tx, call), changedValue)));
  },
};
