import type { Handlers } from "../call.ts";
import { resolve } from "../inventory/lookup.ts";
import { addField, removeField, renameField, setField } from "../settings/custom-fields.ts";

export const customFieldsManager: Handlers<"CustomFieldsManager"> = {
  AddCustomFieldDef: ({ core }, { name, moType, fieldDefPolicy, fieldPolicy }) =>
    core.universe.transact((tx) =>
      addField(tx, name, moType, {
        ...(fieldDefPolicy ? { fieldDefPrivileges: fieldDefPolicy } : {}),
        ...(fieldPolicy ? { fieldInstancePrivileges: fieldPolicy } : {}),
      }),
    ),

  RenameCustomFieldDef: ({ core }, { key, name }) => core.universe.transact((tx) => renameField(tx, key, name)),

  RemoveCustomFieldDef: ({ core }, { key }) => core.universe.transact((tx) => removeField(tx, key)),

  SetField: ({ core }, { entity, key, value }) =>
    core.universe.transact((tx) => setField(tx, resolve(tx, entity), key, value)),
};
