import type { vim } from "../../../vim/index.ts";
import { homeFiles, type MachineFile } from "../../datastore/machine-files.ts";
import { snapshotsOf } from "../../datastore/snapshots-of.ts";
import { refOf } from "../../state/id.ts";
import type { DiskLayer, MachineRecord } from "../../state/machine-record.ts";
import { homePath, stemOf } from "../../storage/home.ts";
import { chainOf } from "../../storage/layers.ts";
import { type Bytes, linked, noBytes, parts, type Reader } from "../derivation.ts";
import { iso } from "../values.ts";
import { diskFilesOf } from "./disk-files.ts";
import { pathOn } from "./disks.ts";

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
  for (const home of homeFiles(reader, machine, snapshots, bytes)) add(home);
  const chains = (of: MachineRecord, figures: Bytes): vim.VirtualMachineFileLayoutExDiskLayout[] =>
    diskFilesOf(reader, of, figures).map(({ key, files }) => {
      const chain: vim.VirtualMachineFileLayoutExDiskUnit[] = [];
      for (let i = 0; i < files.length; i += 2) chain.push({ fileKey: files.slice(i, i + 2).map(add) });
      return { key, chain };
    });
  const disk = chains(machine, bytes);
  const keyOf = (suffix: string) => keys.get(pathOn(reader, machine.datastore, homePath(machine, suffix)));
  const snapshot = snapshots.map((record): vim.VirtualMachineFileLayoutExSnapshotLayout => {
    const stem = `-Snapshot${record.number}`;
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
    ["bytes", "datastores", "networks", "members"],
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
  configFile: (machine) => [".vmx", ".vmxf", ".vmsd", ".nvram"].map((suffix) => `${stemOf(machine)}${suffix}`),
  logFile: () => ["vmware.log"],
  disk: linked(["datastores"], (machine, reader) =>
    machine.disks.map(({ key, layer }) => ({ key, diskFile: pathsOf(layer, reader) })),
  ),
  snapshot: linked(["datastores", "members"], (machine, reader) => {
    const shown = snapshotsOf(machine, reader).map((record): vim.VirtualMachineFileLayoutSnapshotLayout => {
      const state = pathOn(reader, machine.datastore, homePath(machine, `-Snapshot${record.number}.vmsn`));
      return {
        key: refOf(record),
        snapshotFile: [state, ...record.machine.disks.flatMap(({ layer }) => pathsOf(layer, reader))],
      };
    });
    return shown.length > 0 ? shown : undefined;
  }),
  swapFile: linked(["datastores"], (machine, reader) =>
    machine.power === "poweredOn" ? pathOn(reader, machine.datastore, homePath(machine, ".vswp")) : undefined,
  ),
});

/** The files of a disk from the lowest to the topmost. */
const pathsOf = (top: DiskLayer, reader: Reader): string[] =>
  [...chainOf(top)].map(({ datastore, path }) => pathOn(reader, datastore, path)).reverse();
