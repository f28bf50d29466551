import type { Methods, vim } from "../../vim/index.ts";
import { fault, invalidArgument, invalidState, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import { datacenterOf, requireFree } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { devicesOf } from "./devices.ts";
import { isNonpersistent } from "./disk-mode.ts";
import { type DiskTarget, diskTargets } from "./disk-target.ts";
import { editForFork } from "./fork-devices.ts";
import { placeOn } from "./placement.ts";
import { requirePortable } from "./portable.ts";
import { requireReachable } from "./reach.ts";

/** Where a machine goes, read and checked. What is as it is now stays. */
export interface RelocatePlan {
  readonly host: HostRecord;
  /** 0 for a template. */
  readonly pool: number;
  readonly folder: number;
  /** The datastore of the configuration. */
  readonly datastore: number;
  readonly devices: MachineRecord["devices"];
  readonly disks: ReadonlyMap<number, DiskTarget>;
}

type Location = vim.VirtualMachineRelocateSpec;

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

/** Reads where a machine is to go. Throws what rules that out; what only its bytes rule out is told when they are moved. */
export function planRelocation(view: View, machine: MachineRecord, spec: Location): RelocatePlan {
  for (const [field, value] of Object.entries(spec))
    if (!honoured.has(field) && isSet(value)) throw notSupported(`spec.${field}`);
  const { pool, host } = placeFor(view, machine, spec);
  const folder = spec.folder ? folderFor(view, machine, spec.folder) : machine.parent;
  if (datacenterOf(view, folder) !== datacenterOf(view, host.id))
    throw fault(
      "DatacenterMismatch",
      {
        invalidArgument: [],
        expectedDatacenter: { type: "Datacenter", value: `datacenter-${datacenterOf(view, host.id)}` },
      },
      `The host '${host.name}' is in another datacenter than the folder of '${machine.name}'. Name a folder there (spec.folder).`,
    );
  const home = spec.datastore && resolveKind(view, "Datastore", spec.datastore);
  if (home) requireReachable(home, host);
  const disks = diskTargets(view, machine, spec, home, host);
  const datastore = home?.id ?? machine.datastore;
  requireMovableDisks(machine, disks, record(view, "HostSystem", machine.host));
  const moves = host.id !== machine.host;
  if (moves && machine.power === "poweredOn") requirePortable(view, machine, host);
  const devices = isSet(spec.deviceChange) ? editForFork(view, machine, host, spec.deviceChange) : machine.devices;
  return { host, pool, folder, datastore, devices, disks };
}

function folderFor(view: View, machine: MachineRecord, ref: NonNullable<Location["folder"]>): number {
  const folder = resolveKind(view, "Folder", ref);
  if (folder.role !== "v")
    throw invalidArgument("spec.folder", `'${folder.name}' is not a folder for virtual machines.`);
  requireFree(view, folder.id, machine.name, machine.id);
  return folder.id;
}

/** The host and the pool that a machine goes to: those named, else where it is, else what DRS chooses. */
function placeFor(
  view: View,
  machine: MachineRecord,
  to: Pick<Location, "host" | "pool">,
): { readonly host: HostRecord; readonly pool: number } {
  const wanted = to.host && resolveKind(view, "HostSystem", to.host);
  const here = record(view, "HostSystem", machine.host);
  if (machine.template) {
    if (to.pool) throw invalidArgument("spec.pool", `'${machine.name}' is a template, which is in no resource pool.`);
    return { host: wanted ?? here, pool: 0 };
  }
  const pool = to.pool ? resolveKind(view, "ResourcePool", to.pool) : record(view, "ResourcePool", machine.pool);
  if (wanted) return { host: placeOn(view, pool.id, wanted.id, "host"), pool: pool.id };
  if (pool.owner === here.parent) return { host: here, pool: pool.id };
  const owner = view.object(pool.owner);
  if (owner?.kind === "ClusterComputeResource" && !owner.drs)
    throw invalidArgument("host", `The cluster '${owner.name}' has no DRS to choose a host: name one.`);
  return { host: placeOn(view, pool.id, undefined), pool: pool.id };
}

function requireMovableDisks(machine: MachineRecord, targets: RelocatePlan["disks"], host: HostRecord): void {
  for (const [key, { move }] of targets) {
    if (machine.snapshots?.roots.length && move === "moveAllDiskBackingsAndConsolidate")
      throw fault(
        "DiskMoveTypeNotSupported",
        {},
        `'${machine.name}' has snapshots, which need its disks' files one by one: '${move}' would merge them. Remove the snapshots, or move the disks in another way.`,
      );
    if (
      machine.power !== "poweredOff" &&
      devicesOf(machine).some((device) => device.key === key && isNonpersistent(device))
    )
      throw fault(
        "IndependentDiskVMotionNotSupported",
        { atSourceHost: true, failedHostName: host.name, failedHost: refOf(host) },
        `The disk ${key} of '${machine.name}' discards what is written to it: its files cannot be moved before the machine is off.`,
      );
  }
}

/** Reads where a machine is to go that keeps its files. */
export function planMigration(
  view: View,
  machine: MachineRecord,
  { host, pool, state }: Methods<"VirtualMachine">["MigrateVM_Task"]["args"],
): RelocatePlan {
  if (state !== undefined && state !== machine.power)
    throw invalidState(`'${machine.name}' is ${machine.power}, and was to be migrated only while ${state}.`);
  if (!host && !pool) throw invalidArgument("host", "Say where to: a host, or a resource pool.");
  return planRelocation(view, machine, { ...(host ? { host } : {}), ...(pool ? { pool } : {}) });
}
