import type { Draft } from "../state/draft.ts";
import { esxId, isEsx } from "../state/esx-id.ts";
import type { GuestRecord } from "../state/guest-record.ts";
import type { MachineBase, MachineRecord } from "../state/machine-record.ts";
import { insert } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { freeDirectory } from "../storage/directory.ts";
import type { Pairs } from "./extra-config.ts";
import { enter } from "./links.ts";
import { indexUuids } from "./uuid.ts";

/** A machine to be: switched off, and without disks as yet. */
export interface NewMachine {
  readonly name: string;
  readonly folder: number;
  /** 0 for a template. */
  readonly pool: number;
  readonly host: number;
  readonly datastore: number;
  readonly base: MachineBase;
  readonly devices?: MachineRecord["devices"];
  readonly extraConfig?: Pairs | undefined;
  readonly uuid?: string | undefined;
  readonly instanceUuid?: string | undefined;
  readonly guest?: GuestRecord;
  /** The machine it is made from. */
  readonly source?: number;
  /** Default: a clone where there is a source. */
  readonly made?: MachineRecord["made"];
}

/** Nobody has said who the guest is. */
export const unnamedGuest: GuestRecord = Object.freeze({
  hostName: undefined,
  ipAddress: undefined,
  toolsRunning: true,
});

/** Adds a machine that is switched off. The name must be free in its folder, else DuplicateName. */
export function addMachine(tx: Draft, wanted: NewMachine): MachineRecord {
  const made: MachineRecord = {
    kind: "VirtualMachine",
    id: tx.nextId++,
    name: wanted.name,
    parent: wanted.folder,
    base: wanted.base,
    host: wanted.host,
    pool: wanted.pool,
    datastore: wanted.datastore,
    directory: freeDirectory(record(tx, "Datastore", wanted.datastore), wanted.name),
    template: wanted.pool === 0,
    power: "poweredOff",
    frozen: false,
    memory: 0,
    forked: false,
    disks: [],
    devices: wanted.devices,
    extraConfig: wanted.extraConfig,
    uuid: wanted.uuid,
    instanceUuid: wanted.instanceUuid,
    guest: wanted.guest ?? unnamedGuest,
    created: tx.now,
    booted: 0,
    changes: 0,
    source: wanted.source ?? 0,
    made: wanted.made ?? (wanted.source ? "clone" : "new"),
    snapshots: undefined,
    deltas: 0,
  };
  const machine = isEsx(tx) ? { ...made, moid: esxId(tx, "VirtualMachine", made.id) } : made;
  insert(tx, machine);
  enter(tx, machine);
  indexUuids(tx, undefined, machine);
  return machine;
}
