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
  readonly ipPools: readonly IpPool[];
  readonly alarms: readonly AlarmRecord[];
  /** Numbers fields, pools and alarms: none is used twice. */
  readonly next: number;
}

export interface License {
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A pool of addresses of one datacenter, with the addresses that were taken from it. */
export interface IpPool {
  readonly datacenter: number;
  readonly pool: vim.IpPool;
  readonly allocations: readonly { readonly id: string; readonly address: string; readonly ipv6: boolean }[];
}

export interface AlarmRecord {
  readonly id: number;
  /** The object that it watches, with all below it. */
  readonly entity: number;
  readonly spec: vim.AlarmSpec;
  readonly modified: number;
  readonly user: string;
  /** Entities on which somebody has acknowledged it in the state that it has there -> who and when. */
  readonly acknowledged: Readonly<Record<string, { readonly user: string; readonly time: number }>>;
}

export const noSettings: Settings = Object.freeze({
  options: Object.freeze({}),
  fields: Object.freeze([]),
  licenses: Object.freeze([]),
  assignedLicenses: Object.freeze({}),
  extensions: Object.freeze([]),
  customizationSpecs: Object.freeze([]),
  ipPools: Object.freeze([]),
  alarms: Object.freeze([]),
  next: 101,
});
