import type { vim } from "../../vim/index.ts";
import type { PersistentMap } from "../cow/persistent-map.ts";
import type { Entity, Members } from "./record.ts";

/** A distributed switch: what its port groups have in common, and the hosts that it reaches. */
export interface SwitchRecord extends Entity {
  readonly kind: "VmwareDistributedVirtualSwitch";
  /** Its port groups, that of the uplinks included. */
  readonly portgroups: Members;
  /** The port group of the uplinks. */
  readonly uplinks: number;
  /** One uplink port of each on every host. */
  readonly uplinkNames: readonly string[];
  /** Host -> its part in the switch. */
  readonly members: PersistentMap<SwitchMember>;
  /** The number that the next port gets: no two ports of a switch ever have one key. */
  readonly nextPort: number;
  /** Counts configuration changes: `config.configVersion`. */
  readonly changes: number;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly settings: SwitchSettings;
}

/** What of a switch nothing in the simulator acts on but that reads back as it was written. */
export type SwitchSettings = Pick<
  vim.VMwareDVSConfigSpec,
  | "description"
  | "contact"
  | "maxPorts"
  | "policy"
  | "defaultPortConfig"
  | "switchIpAddress"
  | "extensionKey"
  | "networkResourceControlVersion"
  | "maxMtu"
  | "linkDiscoveryProtocolConfig"
  | "ipfixConfig"
  | "lacpApiVersion"
  | "multicastFilteringMode"
> & { readonly networkResourceManagement?: boolean };

export interface SwitchMember {
  /** Its uplink ports, one for each name. */
  readonly ports: readonly number[];
  /** Physical cards, each on an uplink port. */
  readonly pnics: readonly { readonly device: string; readonly port: number }[];
  readonly maxPorts: number;
}

/** A port group of a distributed switch, with who is on which of its ports. */
export interface PortgroupRecord extends Entity {
  readonly kind: "DistributedVirtualPortgroup";
  readonly switch: number;
  readonly uplink: boolean;
  /** `earlyBinding` gives a card its port for as long as it is on the group, `ephemeral` while its machine is on. */
  readonly type: "earlyBinding" | "ephemeral";
  /** More ports are made when none is free. */
  readonly autoExpand: boolean;
  readonly hosts: Members;
  readonly vms: Members;
  /** Ports that nobody is on. */
  readonly free: Members;
  readonly used: PersistentMap<PortUse>;
  /** Cards (`cardCode`) -> the ports that they are on. */
  readonly cards: PersistentMap<number>;
  /** Counts connections, so that each has a cookie of its own. */
  readonly connections: number;
  readonly changes: number;
  readonly settings: PortgroupSettings;
}

export type PortgroupSettings = Pick<
  vim.DVPortgroupConfigSpec,
  "description" | "defaultPortConfig" | "policy" | "portNameFormat" | "vmVnicNetworkResourcePoolKey"
>;

/** Who is on a port: a card of a machine, or a physical card of a host. */
export interface PortUse {
  /** The machine, or the host. */
  readonly owner: number;
  /** The device key of the card; 0 for a physical one. */
  readonly card: number;
  readonly cookie: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
}
