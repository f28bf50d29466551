import type { Ref, vim } from "../../vim/index.ts";
import { invalidArgument, invalidState, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { wantedName } from "../state/name.ts";
import type { DatastoreRecord, HostRecord } from "../state/record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { datacenterOf, requireFree } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { chainOf } from "../storage/layers.ts";
import { networksOf } from "./devices.ts";
import { type DiskTarget, diskTargets } from "./disk-target.ts";
import { editForFork } from "./fork-devices.ts";
import { movesAll } from "./move-type.ts";
import { placeOn } from "./placement.ts";
import { requireReachable } from "./reach.ts";

/** What a clone is to be, read and checked. */
export interface ClonePlan {
  readonly name: string;
  readonly folder: number;
  /** 0 for a template. */
  readonly pool: number;
  readonly host: HostRecord;
  readonly datastore: DatastoreRecord;
  /** The machine as it is copied: as it stands, or as a snapshot has it. */
  readonly from: MachineRecord;
  readonly devices: MachineRecord["devices"];
  readonly disks: ReadonlyMap<number, DiskTarget>;
}

const honoured: ReadonlySet<string> = new Set([
  "_typeName",
  "folder",
  "datastore",
  "pool",
  "host",
  "diskMoveType",
  "disk",
  "transform",
  "deviceChange",
]);
const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

export function planClone(
  view: View,
  source: MachineRecord,
  args: {
    readonly folder: Ref<"Folder">;
    readonly name: string;
    readonly spec: vim.VirtualMachineCloneSpec;
  },
): ClonePlan {
  const { spec } = args;
  requireSimulated(spec);
  const { location } = spec;
  const name = wantedName(args.name);
  const folder = resolveKind(view, "Folder", args.folder);
  if (folder.role !== "v") throw invalidArgument("folder", `'${folder.name}' is not a folder for virtual machines.`);
  requireFree(view, folder.id, name);
  const snapshot = snapshotOf(view, source, spec);
  const { pool, host } = placeOf(view, source, spec);
  if (datacenterOf(view, folder.id) !== datacenterOf(view, host.id))
    throw invalidArgument("folder", `'${folder.name}' is in another datacenter than the host '${host.name}'.`);
  const datastore = location.datastore
    ? resolveKind(view, "Datastore", location.datastore)
    : record(view, "Datastore", source.datastore);
  requireReachable(datastore, host);
  const from = snapshot ? snapshot.machine : source;
  const devices = editForFork(view, from, host, location.deviceChange);
  for (const network of networksOf({ base: from.base, devices }))
    if (!host.networks.has(network))
      throw invalidArgument(
        "spec.location.host",
        `The host '${host.name}' does not have the network '${view.object(network)?.name ?? "that was removed"}'.`,
      );
  const disks = diskTargets(view, from, location, datastore, host);
  requireConstant(disks, snapshot);
  for (const disk of from.disks)
    if (!movesAll(disks.get(disk.key)?.move ?? "moveAllDiskBackingsAndConsolidate"))
      for (const { datastore: below } of chainOf(disk.layer)) requireReachable(record(view, "Datastore", below), host);
  return { name, folder: folder.id, pool, host, datastore, from, devices, disks };
}

/** Throws NotSupported, naming the first thing asked for that the simulator would have to ignore. */
function requireSimulated({ location, customization, memory, tpmProvisionPolicy }: vim.VirtualMachineCloneSpec): void {
  if (customization) throw notSupported("Customization of the guest (spec.customization)");
  if (memory) throw notSupported("A clone with memory (spec.memory)");
  if (tpmProvisionPolicy !== undefined) throw notSupported("spec.tpmProvisionPolicy");
  for (const [field, value] of Object.entries(location))
    if (!honoured.has(field) && isSet(value)) throw notSupported(`spec.location.${field}`);
}

function snapshotOf(view: View, source: MachineRecord, spec: vim.VirtualMachineCloneSpec): SnapshotRecord | undefined {
  if (!spec.snapshot) return undefined;
  const snapshot = resolveKind(view, "VirtualMachineSnapshot", spec.snapshot);
  if (snapshot.parent === source.id) return snapshot;
  throw invalidArgument("spec.snapshot", `The snapshot '${snapshot.name}' is not one of '${source.name}'.`);
}

/** A linked clone shares what its source goes on writing to, unless a snapshot keeps that as it is. */
function requireConstant(disks: ClonePlan["disks"], snapshot: SnapshotRecord | undefined): void {
  for (const { move } of disks.values())
    if (move === "createNewChildDiskBacking" && !snapshot)
      throw invalidArgument(
        "spec.snapshot",
        "A linked clone is based on a snapshot: only that stays as it is. Name one of the source's.",
      );
}

function placeOf(
  view: View,
  source: MachineRecord,
  { location, template }: vim.VirtualMachineCloneSpec,
): { pool: number; host: HostRecord } {
  const wanted = location.host && resolveKind(view, "HostSystem", location.host);
  if (!location.pool && source.template && !template)
    throw invalidArgument(
      "spec.location.pool",
      `A machine made from the template '${source.name}' needs a resource pool.`,
    );
  const here = record(view, "HostSystem", source.host);
  const pool = location.pool
    ? resolveKind(view, "ResourcePool", location.pool).id
    : source.pool || rootPool(view, wanted ?? here);
  const same =
    record(view, "ResourcePool", pool).owner === here.parent && !here.maintenance && here.connection === "connected";
  const host = placeOn(view, pool, wanted?.id ?? (same ? here.id : undefined), "spec.location.host");
  return { pool: template ? 0 : pool, host };
}

function rootPool(view: View, host: HostRecord): number {
  const owner = view.object(host.parent);
  if (owner?.kind === "ClusterComputeResource" || owner?.kind === "ComputeResource") return owner.pool;
  throw invalidState(`The host '${host.name}' belongs to nothing that has a resource pool.`);
}
