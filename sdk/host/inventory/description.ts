/**
 * An inventory as a plain object, for a test's own vCenter. Everything has a name; sizes are in GiB; what is left out gets the
 * default in the comment. Names refer to what the same datacenter describes.
 */
export interface InventoryDescription {
  readonly datacenters: readonly DatacenterDescription[];
}

export interface DatacenterDescription {
  readonly name: string;
  /** A folder for datacenters, which is made; a path such as `emea/lab` makes those above it too. Default: the root folder. */
  readonly folder?: string;
  readonly clusters?: readonly ClusterDescription[];
  /** Hosts outside any cluster. */
  readonly hosts?: readonly HostDescription[];
  readonly datastores?: readonly DatastoreDescription[];
  /** Default: `VM Network`. */
  readonly networks?: readonly string[];
  /** Distributed switches. Default: none. */
  readonly switches?: readonly SwitchDescription[];
  /** Folders for machines; a path such as `servers/linux` makes those above it too. */
  readonly folders?: readonly string[];
  readonly machines?: readonly MachineDescription[];
}

export interface ClusterDescription {
  readonly name: string;
  /** A folder for hosts and clusters, which is made with those above it. Default: the datacenter's root folder for them. */
  readonly folder?: string;
  readonly hosts: readonly HostDescription[];
  /** Resource pools below the root pool; a path such as `prod/web` makes those above it too. */
  readonly pools?: readonly string[];
  /** Default: true. */
  readonly drs?: boolean;
  /** Default: false. */
  readonly ha?: boolean;
}

export interface HostDescription {
  readonly name: string;
  /** Of a host outside any cluster: a folder for hosts and clusters, which is made. Default: the datacenter's root folder for them. */
  readonly folder?: string;
  /** Default: 512. */
  readonly memoryGiB?: number;
  /** Default: 64. */
  readonly cores?: number;
  /** Of one core. Default: 2,600. */
  readonly mhz?: number;
}

export interface SwitchDescription {
  readonly name: string;
  /** A folder for networks, which is made with those above it. Default: the datacenter's root folder for them. */
  readonly folder?: string;
  /** Port groups, which machines can be on as on any network; a plain name is one with the defaults. Default: none. */
  readonly portgroups?: readonly (string | PortgroupDescription)[];
  /** The hosts that are in it. Default: all of the datacenter. */
  readonly hosts?: readonly string[];
  /** How many uplink ports each host has. Default: 4. */
  readonly uplinks?: number;
}

export interface PortgroupDescription {
  readonly name: string;
  /** How many ports there are at first; more are made when none is free. Default: 8. */
  readonly ports?: number;
  /** Default: 0, which is none. */
  readonly vlan?: number;
  /** `static` keeps a port for each card, `ephemeral` only while its machine is on. Default: `static`. */
  readonly binding?: "static" | "ephemeral";
}

export interface DatastoreDescription {
  readonly name: string;
  /** A folder for datastores, which is made with those above it. Default: the datacenter's root folder for them. */
  readonly folder?: string;
  /** Default: 10,240. */
  readonly capacityGiB?: number;
  /** The hosts that mount it. Default: all of the datacenter. */
  readonly hosts?: readonly string[];
}

export interface MachineDescription {
  readonly name: string;
  /** Default: the datacenter's root folder for machines. */
  readonly folder?: string;
  /** A cluster, or a host of its own or in a cluster. Default: the first cluster, else the first host; hosts of a cluster in turn. */
  readonly on?: string;
  /** A resource pool there. Default: its root pool. */
  readonly pool?: string;
  /** Default: the datacenter's first. */
  readonly datastore?: string;
  /** One network card each, on networks or port groups of switches. Default: one, on the first network. */
  readonly networks?: readonly string[];
  /** Default: 1. */
  readonly cpus?: number;
  /** Default: 1. */
  readonly memoryGiB?: number;
  /**
   * Default: one of 16 GiB. `usedGiB` of it hold content, made from a seed; the rest is zero and takes no space. The first disk, if
   * it has 4 GiB or more, holds a small Linux in an ext4 filesystem unless `usedGiB` is given (0: nothing is on it).
   */
  readonly disks?: readonly {
    readonly sizeGiB: number;
    readonly usedGiB?: number;
  }[];
  /** Default: `ubuntu64Guest`. */
  readonly guestId?: string;
  /** `frozen` is powered on and stopped at its fork point, as a golden image is. Default: `poweredOff`. */
  readonly power?: "poweredOn" | "poweredOff" | "suspended" | "frozen";
  /** Guest memory in use when it is on: `full` has content in every page. Default: `empty`. */
  readonly memory?: "full" | "empty";
  readonly template?: boolean;
  readonly notes?: string;
  /** `script` is for a machine that is `frozen`: what is left of the script that froze it. Every fork goes on with its first line. */
  readonly guest?: { readonly hostName?: string; readonly ipAddress?: string; readonly script?: string };
  readonly extraConfig?: Readonly<Record<string, string>>;
}

/** An inventory by numbers, named as vcsim names it: `DC0`, `DC0_C0`, `DC0_C0_H0`, `DC0_C0_RP0_VM0`, `DC0_H0_VM0`, `LocalDS_0`. */
export interface InventoryCounts {
  /** Default: 1. */
  readonly datacenters?: number;
  /** In each datacenter. Default: 1. */
  readonly clusters?: number;
  /** In each cluster. Default: 3. */
  readonly hosts?: number;
  /** Hosts outside clusters, in each datacenter. Default: 1. */
  readonly standaloneHosts?: number;
  /** In each resource pool and on each standalone host. Default: 2. */
  readonly machines?: number;
  /** Resource pools below each cluster's root pool. Default: 0. */
  readonly pools?: number;
  /** In each datacenter. Default: 1. */
  readonly datastores?: number;
  /** Port groups of a distributed switch `DVS0` in each datacenter: `DC0_DVPG0`, which the machines then are on. Default: 0. */
  readonly portgroups?: number;
  /** Whether the machines are on. Default: true. */
  readonly poweredOn?: boolean;
}

/** What `startHost({ inventory })` takes. */
export type Inventory = InventoryDescription | InventoryCounts;
