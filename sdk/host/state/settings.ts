import type { vim } from "../../vim/index.ts";

/**
 * What administrators have set for the vCenter as a whole, apart from roles and permissions. It is small (nobody has thousands of
 * custom fields or licences), hence plain lists.
 */
export interface Settings {
  /** Options of the vCenter that somebody has set, by key. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly fields: readonly vim.CustomFieldDef[];
  readonly licenses: readonly License[];
  /** Entity id (or the vCenter's instance UUID) -> licence key. */
  readonly assignedLicenses: Readonly<Record<string, string>>;
  readonly extensions: readonly vim.Extension[];
  readonly customizationSpecs: readonly vim.CustomizationSpecItem[];
  /** The number of the next custom field: none is used twice. */
  readonly next: number;
}

export interface License {
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const noSettings: Settings = Object.freeze({
  options: Object.freeze({}),
  fields: Object.freeze([]),
  licenses: Object.freeze([]),
  assignedLicenses: Object.freeze({}),
  extensions: Object.freeze([]),
  customizationSpecs: Object.freeze([]),
  next: 101,
});
