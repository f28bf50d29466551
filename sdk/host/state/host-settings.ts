import type { vim } from "../../vim/index.ts";

/** What somebody has set of a host's own services; what is not there has the value that a new host has. */
export interface HostSettings {
  readonly services?: Readonly<Record<string, { readonly running?: boolean; readonly policy?: string }>>;
  readonly rulesets?: Readonly<
    Record<string, { readonly enabled?: boolean; readonly allowed?: vim.HostFirewallRulesetIpList }>
  >;
  readonly date?: { readonly timeZone?: string; readonly ntp?: vim.HostNtpConfig; readonly protocol?: string };
  readonly autoStart?: {
    readonly defaults?: vim.AutoStartDefaults;
    readonly machines?: readonly vim.AutoStartPowerInfo[];
  };
  readonly flags?: vim.HostFlagInfo;
  readonly lockdown?: string;
}
