import type { Ref } from "../../vim/index.ts";
import { linked } from "./derivation.ts";
import type { Table } from "./table.ts";

// Managers whose properties are lists of the vCenter's settings.

export const customFieldsManager: Table<"CustomFieldsManager", Ref> = {
  field: linked(["session"], (_ref, { settings }) => settings.fields),
};

export const extensionManager: Table<"ExtensionManager", Ref> = {
  extensionList: linked(["session"], (_ref, { settings }) => settings.extensions),
};

export const userDirectory: Table<"UserDirectory", Ref> = { domainList: () => ["VSPHERE.LOCAL"] };

/** Specifications are kept as they come: nothing is encrypted, so that there is no key. */
export const customizationSpecManager: Table<"CustomizationSpecManager", Ref> = {
  info: linked(["session"], (_ref, { settings }) => settings.customizationSpecs.map(({ info }) => info)),
};
