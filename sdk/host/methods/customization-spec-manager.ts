import type { Handlers } from "../call.ts";
import {
  addSpec,
  deleteSpec,
  duplicateSpec,
  overwriteSpec,
  renameSpec,
  requireSpec,
  specNamed,
} from "../settings/customization-specs.ts";

export const customizationSpecManager: Handlers<"CustomizationSpecManager"> = {
  DoesCustomizationSpecExist: ({ core }, { name }) => specNamed(core.universe.view, name) !== undefined,
  GetCustomizationSpec: ({ core }, { name }) => requireSpec(core.universe.view, name),
  CreateCustomizationSpec: ({ core }, { item }) => core.universe.transact((tx) => addSpec(tx, item)),
  OverwriteCustomizationSpec: ({ core }, { item }) => core.universe.transact((tx) => overwriteSpec(tx, item)),
  DeleteCustomizationSpec: ({ core }, { name }) => core.universe.transact((tx) => deleteSpec(tx, name)),
  DuplicateCustomizationSpec: ({ core }, { name, newName }) =>
    core.universe.transact((tx) => duplicateSpec(tx, name, newName)),
  RenameCustomizationSpec: ({ core }, { name, newName }) =>
    core.universe.transact((tx) => renameSpec(tx, name, newName)),
};
