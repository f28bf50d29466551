import type { vim } from "../../vim/index.ts";

/** The standard switches of one host with their port groups: kept only where somebody has changed them. */
export interface StandardNetworking {
  readonly switches: readonly StandardSwitch[];
  readonly portgroups: readonly StandardPortgroup[];
}

export interface StandardSwitch {
  readonly name: string;
  readonly ports: number;
  readonly mtu: number;
  /** Physical cards: `vmnic0`. */
  readonly pnics: readonly string[];
  readonly policy: vim.HostNetworkPolicy | undefined;
}

export interface StandardPortgroup {
  /** As it was made; one that is a Network is called as that is now. */
  readonly name: string;
  /** The Network, 0 for one that only the host itself uses. */
  readonly network: number;
  readonly switch: string;
  readonly vlan: number;
  readonly policy: vim.HostNetworkPolicy;
}
