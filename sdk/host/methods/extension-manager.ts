import type { vim } from "../../vim/index.ts";
import type { Handlers } from "../call.ts";
import { fault, invalidArgument } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { View } from "../state/view.ts";

/** The place of an extension in the list. Throws NotFound. */
function placeOf({ settings }: View, key: string): number {
  const place = settings.extensions.findIndex((one) => one.key === key);
  if (place >= 0) return place;
  throw fault("NotFound", {}, `There is no extension '${key.slice(0, 200)}'.`);
}

export const extensionManager: Handlers<"ExtensionManager"> = {
  FindExtension: ({ core }, { extensionKey }) =>
    core.universe.view.settings.extensions.find(({ key }) => key === extensionKey),

  RegisterExtension({ core }, { extension }) {
    core.universe.transact((tx) => {
      if (extension.key.trim() === "") throw invalidArgument("extension.key", "It is empty.");
      if (tx.settings.extensions.some(({ key }) => key === extension.key))
        throw invalidArgument("extension.key", `The extension '${extension.key}' is registered already.`);
      tx.settings = { ...tx.settings, extensions: [...tx.settings.extensions, Object.freeze(extension)] };
    });
  },

  UpdateExtension({ core }, { extension }) {
    core.universe.transact((tx) => {
      const extensions: vim.Extension[] = [...tx.settings.extensions];
      extensions[placeOf(tx, extension.key)] = Object.freeze(extension);
      tx.settings = { ...tx.settings, extensions };
    });
  },

  UnregisterExtension({ core }, { extensionKey }) {
    core.universe.transact((tx) => {
      const place = placeOf(tx, extensionKey);
      tx.settings = { ...tx.settings, extensions: tx.settings.extensions.filter((_one, i) => i !== place) };
    });
  },

  QueryManagedBy({ core }, { extensionKey }) {
    const { view } = core.universe;
    const found = [];
    for (const record of view.state.objects.values())
      if (record.kind === "VirtualMachine" && record.base.settings.managedBy?.extensionKey === extensionKey)
        found.push(refOf(record));
    return found;
  },
};
