import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { DatastoreRecord, HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { type DiskMoveType, moveTypeOf } from "./move-type.ts";
import { requireReachable } from "./reach.ts";

type Location = vim.VirtualMachineRelocateSpec;

/** How a disk takes its room: thin, or at once; and then with zeros written at once or block by block. */
export interface DiskFormat {
  readonly thin: boolean;
  readonly eager: boolean;
}

/** Where a disk's files go, and how. */
export interface DiskTarget {
  readonly datastore: number;
  readonly move: DiskMoveType;
  /** Undefined: as they are. */
  readonly format: DiskFormat | undefined;
}

/** What a location says of a machine's disks, by their keys. `home` is where those go that it does not name; without it they stay. */
export function diskTargets(
  view: View,
  machine: Pick<MachineRecord, "disks" | "name">,
  location: Location,
  home: DatastoreRecord | undefined,
  host: HostRecord,
): ReadonlyMap<number, DiskTarget> {
  requireLocators(machine, location);
  const targets = new Map<number, DiskTarget>();
  for (const disk of machine.disks) {
    const target = targetOf(view, disk, location, home);
    if (!target) continue;
    requireReachable(record(view, "Datastore", target.datastore), host);
    targets.set(disk.key, target);
  }
  return targets;
}

function targetOf(
  view: View,
  disk: MachineDisk,
  location: Location,
  home: DatastoreRecord | undefined,
): DiskTarget | undefined {
  const index = location.disk?.findIndex(({ diskId }) => diskId === disk.key) ?? -1;
  const own = location.disk?.[index];
  const path = own?.diskMoveType === undefined ? "spec.location" : `spec.location.disk[${index}]`;
  const move = moveTypeOf(own?.diskMoveType ?? location.diskMoveType, `${path}.diskMoveType`);
  const format = formatOf(own?.diskBackingInfo, location.transform, `spec.location.disk[${index}].diskBackingInfo`);
  const inPlace = format !== undefined || location.diskMoveType !== undefined;
  const datastore = own
    ? resolveKind(view, "Datastore", own.datastore).id
    : (home?.id ?? (inPlace ? disk.layer.datastore : undefined));
  return datastore === undefined ? undefined : { datastore, move, format };
}

function formatOf(
  backing: vim.VirtualDeviceBackingInfo | undefined,
  transform: Location["transform"],
  path: string,
): DiskFormat | undefined {
  if (backing && !is(backing, "VirtualDiskFlatVer2BackingInfo") && !is(backing, "VirtualDiskSeSparseBackingInfo"))
    throw notSupported(`A disk backed by ${backing._typeName ?? "this"} (${path})`);
  const thin = backing && "thinProvisioned" in backing ? backing.thinProvisioned : undefined;
  const eager = backing && "eagerlyScrub" in backing ? backing.eagerlyScrub === true : false;
  if (thin === true && eager)
    throw invalidArgument(
      path,
      "A thin disk cannot be written with zeros at once: choose one of thinProvisioned and eagerlyScrub.",
    );
  if (thin !== undefined || eager) return { thin: thin === true, eager };
  return transform === undefined ? undefined : { thin: transform === "sparse", eager: false };
}

function requireLocators(machine: Pick<MachineRecord, "disks" | "name">, { disk: locators = [] }: Location): void {
  const seen = new Set<number>();
  locators.forEach((locator, i) => {
    const path = `spec.location.disk[${i}]`;
    for (const field of ["profile", "filterSpec", "backing"] as const) {
      const value = locator[field];
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) throw notSupported(`${path}.${field}`);
    }
    const { diskId } = locator;
    if (!machine.disks.some(({ key }) => key === diskId))
      throw invalidArgument(`${path}.diskId`, `'${machine.name}' has no disk with the key ${diskId}.`);
    if (seen.has(diskId)) throw invalidArgument(`${path}.diskId`, `The disk ${diskId} is named twice.`);
    seen.add(diskId);
  });
}
