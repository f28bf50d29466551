import type { vim } from "../../../vim/index.ts";
import { refOf } from "../../state/id.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { pagesOf, swapFileBytes } from "../../storage/usage.ts";
import { type Bytes, linked, parts, type Reader } from "../derivation.ts";
import { iso, MiB } from "../values.ts";
import { capacityOf } from "./disks.ts";
import { diskFiles, homeFiles, snapshotsOf } from "./files.ts";

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
  const home = homeFiles(machine, snapshotsOf(machine, reader), bytes);
  const disks = diskFiles(machine, bytes);
  for (const file of [home, ...disks.map(({ files }) => files)].flat()) {
    const usage = on(file.datastore);
    usage.committed += file.size;
    usage.unshared += file.unique;
  }
  machine.disks.forEach(({ key, layer }, index) => {
    if (layer.thick > 0) return;
    const { mapped, own } = pagesOf(bytes, index);
    on(layer.datastore).uncommitted += Math.max(0, capacityOf(machine, key) - (layer.parent ? own : mapped) * 4096);
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
