import { PersistentIndex } from "../cow/persistent-index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import type { ForksRecord } from "./forks-record.ts";
import type { GuestMemoryRecord, WorkloadRecord } from "./guest-memory-record.ts";
import type { LooseDisk, MachineRecord } from "./machine-record.ts";
import type { InventoryRecord } from "./record.ts";
import { noSettings, type Settings } from "./settings.ts";
import type { Several } from "./several.ts";
import type { EventRecord, TaskRecord } from "./task-record.ts";

/**
 * A whole vCenter at one moment, except for its bytes (the page store's) and its sessions. It is never changed: a transaction
 * makes the next one, which shares with this all that stayed the same. To fork or to remember a vCenter is to keep this pointer.
 */
export interface State {
  /** Every object of the inventory by its number. */
  readonly objects: PersistentMap<InventoryRecord>;
  readonly tasks: PersistentMap<TaskRecord>;
  /** The tasks that have finished, in the order in which they did; the keys have no gaps. */
  readonly finished: PersistentMap<number>;
  /** When something is due (milliseconds since the epoch) -> the tasks that wait for it. */
  readonly due: PersistentMap<Several>;
  /** Entity number -> the tasks on it that exclude each other; the one that runs has the least number. */
  readonly busy: PersistentMap<Several>;
  readonly events: PersistentMap<EventRecord>;
  /** UUIDs that somebody chose (`bios:` or `instance:` and the UUID) -> machine; all others can be read back, see `random.ts`. */
  readonly uuids: PersistentIndex<Several>;
  /** A name or address that a guest shows (`machine/guest.ts` says as which key) -> machines. */
  readonly guests: PersistentIndex<Several>;
  /** Machines whose guests have programs that are not over and could go on. */
  readonly programs: PersistentMap<true>;
  /** How many refer to a disk file, where that is not one, and what is left in directories of the gone: `storage/layers.ts`. */
  readonly bases: PersistentIndex<number>;
  /** Disks on a datastore that no machine has (`layerKey`), and machines that were taken out of the inventory (their .vmx). */
  readonly loose: PersistentIndex<LooseDisk>;
  readonly unregistered: PersistentIndex<MachineRecord>;
  /** Machine -> those that were made from it, see `machine/lineage.ts`. */
  readonly forks: PersistentMap<ForksRecord>;
  /** Machine -> what is known of its guest's memory beside the bytes, and what its guest is doing to it. */
  readonly guestMemory: PersistentMap<GuestMemoryRecord>;
  readonly workloads: PersistentMap<WorkloadRecord>;
  /** Entity number -> who may do what there. */
  readonly permissions: PersistentMap<readonly Permission[]>;
  readonly roles: readonly Role[];
  readonly settings: Settings;
  /** Memory on a host, or blocks on a datastore, as the page store tells them apart; the index is the account's number. */
  readonly accounts: readonly Account[];
  readonly nextId: number;
  readonly nextTask: number;
  readonly nextEvent: number;
  readonly nextRole: number;
  /** The clock of a host with logical time, in milliseconds since the epoch. */
  readonly time: number;
}

export interface Permission {
  /** `VSPHERE.LOCAL\Administrator`, and what names of one principal have in common (`principalKey`). */
  readonly principal: string;
  readonly key: string;
  readonly group: boolean;
  readonly role: number;
  readonly propagate: boolean;
}

export interface Role {
  readonly id: number;
  readonly name: string;
  readonly system: boolean;
  readonly privileges: ReadonlySet<string>;
}

/** What a page is charged to: memory that runs on a host (its swap file on a datastore), or a disk block on a datastore. */
export interface Account {
  readonly kind: "memory" | "disk";
  /** 0 for disks. */
  readonly host: number;
  readonly datastore: number;
  /** Memory that a fork wrote is in its swap file, page by page; that of others is in a file of the configured size. */
  readonly forked: boolean;
}

export function emptyState(time: number, roles: readonly Role[]): State {
  return Object.freeze({
    objects: PersistentMap.empty<InventoryRecord>(),
    tasks: PersistentMap.empty<TaskRecord>(),
    finished: PersistentMap.empty<number>(),
    due: PersistentMap.empty<Several>(),
    busy: PersistentMap.empty<Several>(),
    events: PersistentMap.empty<EventRecord>(),
    uuids: PersistentIndex.empty<Several>(),
    guests: PersistentIndex.empty<Several>(),
    programs: PersistentMap.empty<true>(),
    bases: PersistentIndex.empty<number>(),
    forks: PersistentMap.empty<ForksRecord>(),
    loose: PersistentIndex.empty<LooseDisk>(),
    unregistered: PersistentIndex.empty<MachineRecord>(),
    guestMemory: PersistentMap.empty<GuestMemoryRecord>(),
    workloads: PersistentMap.empty<WorkloadRecord>(),
    permissions: PersistentMap.empty<readonly Permission[]>(),
    roles,
    settings: noSettings,
    accounts: [],
    nextId: 1,
    nextTask: 1,
    nextEvent: 1,
    nextRole: 1000,
    time,
  });
}
