import type { vim } from "../../../vim/index.ts";
import { refOf } from "../../state/id.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { chainOf } from "../../storage/layers.ts";
import { type Bytes, linked, noBytes, parts, type Reader } from "../derivation.ts";
import { iso } from "../values.ts";
import { pathOn } from "./disks.ts";
import { diskFiles, homeFiles, type MachineFile, snapshotsOf } from "./files.ts";

type Layout = Pick<vim.VirtualMachineFileLayoutEx, "file" | "disk" | "snapshot">;

/** Every file of a machine with its size, and which of them make up each disk. */
function layoutOf(machine: MachineRecord, reader: Reader, bytes: Bytes): Layout {
  const snapshots = snapshotsOf(machine, reader);
  const file: vim.VirtualMachineFileLayoutExFileInfo[] = [];
  const keys = new Map<string, number>();
  const add = ({ datastore, path, type, size, unique }: MachineFile): number => {
    const name = pathOn(reader, datastore, path);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = file.length;
    keys.set(name, key);
    file.push({ key, name, type, size, uniqueSize: unique, accessible: true });
    return key;
  };
  for (const home of homeFiles(machine, snapshots, bytes)) add(home);
  const chains = (of: MachineRecord, figures: Bytes): vim.VirtualMachineFileLayoutExDiskLayout[] =>
    diskFiles(of, figures).map(({ key, files }) => {
      const chain: vim.VirtualMachineFileLayoutExDiskUnit[] = [];
      for (let i = 0; i < files.length; i += 2) chain.push({ fileKey: files.slice(i, i + 2).map(add) });
      return { key, chain };
    });
  const disk = chains(machine, bytes);
  const keyOf = (name: string) => keys.get(pathOn(reader, machine.datastore, `${machine.directory}/${name}`));
  const snapshot = snapshots.map((record): vim.VirtualMachineFileLayoutExSnapshotLayout => {
    const stem = `${machine.directory}-Snapshot${record.number}`;
    const memoryKey = keyOf(`${stem}.vmem`);
    return {
      key: refOf(record),
      dataKey: keyOf(`${stem}.vmsn`) ?? -1,
      ...(memoryKey === undefined ? {} : { memoryKey }),
      disk: chains(record.machine, noBytes),
    };
  });
  return { file, disk, ...(snapshot.length > 0 ? { snapshot } : {}) };
}

const part = <P extends keyof Layout>(name: P) =>
  linked<MachineRecord, Layout[P]>(
    ["bytes", "datastores", "members"],
    (machine, reader, bytes) => layoutOf(machine, reader, bytes)[name],
  );

export const layoutEx = parts<MachineRecord, vim.VirtualMachineFileLayoutEx>({
  file: part("file"),
  disk: part("disk"),
  snapshot: part("snapshot"),
  timestamp: linked(["moment"], (_machine, reader) => iso(reader.now)),
});

/** The older view of the same: names without sizes. */
export const layout = parts<MachineRecord, vim.VirtualMachineFileLayout>({
  configFile: ({ directory }) => ["vmx", "vmxf", "vmsd", "nvram"].map((suffix) => `${directory}.${suffix}`),
  logFile: () => ["vmware.log"],
  disk: linked(["datastores"], (machine, reader) =>
    machine.disks.map(({ key, layer }) => ({
      key,
      diskFile: [...chainOf(layer)].map(({ datastore, path }) => pathOn(reader, datastore, path)).reverse(),
    })),
  ),
  swapFile: linked(["datastores"], (machine, reader) =>
    machine.power === "poweredOn"
      ? pathOn(reader, machine.datastore, `${machine.directory}/${machine.directory}.vswp`)
      : undefined,
  ),
});
