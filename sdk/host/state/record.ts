import type { PersistentIndex } from "../cow/persistent-index.ts";
import type { PersistentMap } from "../cow/persistent-map.ts";
import type { ClusterSettings } from "./cluster-settings.ts";
import type { FolderNode } from "./file-record.ts";
import type { HostSettings } from "./host-settings.ts";
import type { MachineRecord } from "./machine-record.ts";
import type { SnapshotRecord } from "./snapshot-record.ts";
import type { StandardNetworking } from "./standard-networking.ts";
import type { PortgroupRecord, SwitchRecord } from "./switch-record.ts";

/**
 * What the simulated vCenter keeps of each managed object: small, plain and never changed in place.
 * The vim25 view of a record (`summary`, `runtime`, ...) is derived when it is read, see `properties/`.
 */
export type InventoryRecord =
  | FolderRecord
  | DatacenterRecord
  | ComputeRecord<"ClusterComputeResource">
  | ComputeRecord<"ComputeResource">
  | HostRecord
  | PoolRecord
  | DatastoreRecord
  | NetworkRecord
  | SwitchRecord
  | PortgroupRecord
  | MachineRecord
  | SnapshotRecord;

export type Kind = InventoryRecord["kind"];
export type RecordOf<K extends Kind> = Extract<InventoryRecord, { kind: K }>;

/** A set of object numbers that may grow with the inventory: never an array, so that a change costs its path only. */
export type Members = PersistentMap<true>;

export interface Entity {
  /** The number in the managed object id: `vm-42` is 42. One counter serves every kind. */
  readonly id: number;
  /** The name as a user wrote it; `/`, `%` and `\` are escaped only in the vim25 view. */
  readonly name: string;
  /** The object above, 0 for the root folder. */
  readonly parent: number;
  /** Its managed object id where that does not follow from its kind and number: on an ESXi, see `esx-id.ts`. */
  readonly moid?: string;
  /** Values of custom fields, by the number of the field; absent where nobody has given it any. */
  readonly custom?: Readonly<Record<number, string>>;
}

/** d: datacenters, h: hosts, v: virtual machines, s: datastores, n: networks. The letter is in the id, as `group-v3`. */
export type FolderRole = "d" | "h" | "v" | "s" | "n";

export interface FolderRecord extends Entity {
  readonly kind: "Folder";
  readonly role: FolderRole;
  readonly children: Members;
  readonly names: PersistentIndex<number>;
}

export interface DatacenterRecord extends Entity {
  readonly kind: "Datacenter";
  readonly folders: {
    readonly h: number;
    readonly v: number;
    readonly s: number;
    readonly n: number;
  };
  readonly datastores: Members;
  readonly networks: Members;
  /** The hardware versions that its machines get, where somebody has said which. */
  readonly config?: Readonly<{ defaultHardwareVersionKey?: string; maximumHardwareVersionKey?: string }>;
}

export interface ComputeRecord<
  K extends "ClusterComputeResource" | "ComputeResource" = "ClusterComputeResource" | "ComputeResource",
> extends Entity {
  readonly kind: K;
  readonly hosts: Members;
  /** The root resource pool, named Resources. */
  readonly pool: number;
  readonly datastores: Members;
  readonly networks: Members;
  readonly drs: boolean;
  readonly ha: boolean;
  /** What else of its configuration somebody has set. */
  readonly settings?: ClusterSettings;
}

export interface HostRecord extends Entity {
  readonly kind: "HostSystem";
  readonly vms: Members;
  readonly datastores: Members;
  readonly networks: Members;
  readonly cores: number;
  readonly mhz: number;
  readonly memoryBytes: number;
  readonly maintenance: boolean;
  readonly connection: "connected" | "disconnected";
  /** Milliseconds since the epoch. */
  readonly booted: number;
  /** Added up as machines are powered on and off, so that admission needs no walk over them. */
  readonly reservedBytes: number;
  /** Its standard switches, where somebody has changed them: `network/standard.ts`. */
  readonly standard?: StandardNetworking;
  /** Advanced options that somebody has set, see `inventory/host-options.ts`. */
  readonly options?: Readonly<Record<string, number | string | boolean>>;
  /** Services, firewall, time and start order, where somebody has changed them: `hosts/settings.ts`. */
  readonly settings?: HostSettings;
}

export interface PoolRecord extends Entity {
  readonly kind: "ResourcePool";
  readonly owner: number;
  readonly pools: Members;
  readonly names: PersistentIndex<number>;
  readonly vms: Members;
  readonly config: PoolConfig;
  /** What is set aside for its running machines, and with what the pools in it take: kept so that nobody walks over them. */
  readonly machinesReserved: Reserved;
  readonly reserved: Reserved;
}

/** An amount that is set aside. */
export interface Reserved {
  readonly memoryBytes: number;
  readonly cpuMhz: number;
}

export interface PoolConfig {
  readonly cpu: Allocation;
  readonly memory: Allocation;
}

export interface Allocation {
  readonly reservation: number;
  readonly limit: number;
  readonly expandable: boolean;
  readonly shares: {
    readonly level: "low" | "normal" | "high" | "custom";
    readonly shares: number;
  };
}

export interface DatastoreRecord extends Entity {
  readonly kind: "Datastore";
  /** `OTHER` is a directory of a host. */
  readonly type: "VMFS" | "NFS" | "NFS41" | "OTHER";
  /** The local disk of a host that a volume was made on. */
  readonly device?: string;
  /** Where a share is. */
  readonly remote?: { readonly host: string; readonly path: string; readonly readOnly?: true };
  /** The directory of a host. */
  readonly path?: string;
  readonly capacity: number;
  readonly shared: boolean;
  readonly hosts: Members;
  readonly vms: Members;
  /** Directory that files of machines, or disks, are in -> the machine that it belongs to, 0 for none. */
  readonly directories: PersistentIndex<number>;
  /** Directories and files that users have made; those of machines follow from the machines. */
  readonly files: FolderNode;
  /** Bytes of configuration, log and swap files and of what users put there, kept in step by `storage/space.ts`; disk blocks are counted by the page store. */
  readonly fileBytes: number;
}

export interface NetworkRecord extends Entity {
  readonly kind: "Network";
  readonly hosts: Members;
  readonly vms: Members;
}
