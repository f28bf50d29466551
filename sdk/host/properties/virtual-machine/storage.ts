import type { vim } from "../../../vim/index.ts";
import { snapshotsOf } from "../../datastore/snapshots-of.ts";
import { snapshotBytes } from "../../machine/snapshot-drop.ts";
import { refOf } from "../../state/id.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { fileSizes, homeBytes } from "../../storage/files.ts";
import { chainOf } from "../../storage/layers.ts";
import { fileBytesOf, pageBytes, pagesOf, swapFileBytes } from "../../storage/usage.ts";
import { type Bytes, linked, parts, type Reader } from "../derivation.ts";
import { iso, MiB } from "../values.ts";
import { capacityOf } from "./disks.ts";

/** What a machine takes of a datastore, in bytes. */
interface Usage {
  /** In its files, those included that it shares with others. */
  committed: number;
  /** What thin disks, and a fork's swap file, can still grow by. */
  uncommitted: number;
  /** What would be free if the machine were destroyed. */
  unshared: number;
}

export function usageOf(machine: MachineRecord, reader: Pick<Reader, "object">, bytes: Bytes): Map<number, Usage> {
  const found = new Map<number, Usage>();
  const on = (datastore: number): Usage => {
    const known = found.get(datastore);
    if (known) return known;
    const usage = { committed: 0, uncommitted: 0, unshared: 0 };
    found.set(datastore, usage);
    return usage;
  };
  const take = (datastore: number, bytes: number, unique: number) => {
    const usage = on(datastore);
    usage.committed += bytes;
    usage.unshared += unique;
  };
  const swapped = machine.forked && machine.power === "poweredOn" ? swapFileBytes(machine, bytes) : 0;
  const home = homeBytes(machine) + swapped;
  take(machine.datastore, home, home);
  for (const snapshot of snapshotsOf(machine, reader)) {
    const own = snapshotBytes(snapshot);
    take(snapshot.machine.datastore, own, own);
  }
  machine.disks.forEach((disk, index) => {
    const pages = pagesOf(bytes, index);
    const sizes = fileBytesOf(disk, pages);
    let level = 0;
    for (const { datastore, thick } of chainOf(disk.layer)) {
      const size = sizes[level] ?? 0;
      const top = level++ === 0;
      const unique = thick > 0 ? size : Math.min(size, pages.own * pageBytes);
      take(datastore, size + fileSizes.descriptor, top ? unique + fileSizes.descriptor : 0);
    }
    if (disk.layer.thick > 0) return;
    const held = (disk.layer.parent ? pages.own : pages.mapped) * pageBytes;
    on(disk.layer.datastore).uncommitted += Math.max(0, capacityOf(machine, disk.key) - held);
  });
  if (machine.forked && machine.power === "poweredOn") {
    on(machine.datastore).uncommitted += Math.max(0, machine.base.memoryMB * MiB - swapFileBytes(machine, bytes));
  }
  return found;
}

function total(field: keyof Usage) {
  return linked(["bytes", "members"], (machine: MachineRecord, reader, bytes) => {
    let sum = 0;
    for (const usage of usageOf(machine, reader, bytes).values()) sum += usage[field];
    return sum;
  });
}

const timestamp = linked<MachineRecord, string>(["moment"], (_machine, reader) => iso(reader.now));

export const storageSummary = parts<MachineRecord, vim.VirtualMachineStorageSummary>({
  committed: total("committed"),
  uncommitted: total("uncommitted"),
  unshared: total("unshared"),
  timestamp,
});

export const storage = parts<MachineRecord, vim.VirtualMachineStorageInfo>({
  perDatastoreUsage: linked(["bytes", "members"], (machine, reader, bytes) =>
    [...usageOf(machine, reader, bytes)].flatMap(([id, usage]): vim.VirtualMachineUsageOnDatastore[] => {
      const datastore = reader.object(id);
      return datastore?.kind === "Datastore" ? [{ datastore: refOf(datastore), ...usage }] : [];
    }),
  ),
  timestamp,
});
