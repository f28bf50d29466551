import type { Ref, vim } from "../../../vim/index.ts";
import { diskUuid } from "../../datastore/disk-identity.ts";
import { deviceOf, isDisk } from "../../machine/devices.ts";
import { mix } from "../../random.ts";
import { refOf } from "../../state/id.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../../state/machine-record.ts";
import { formatPath } from "../../storage/path.ts";
import type { Reader } from "../derivation.ts";

type Backing = vim.VirtualDiskFlatVer2BackingInfo;

/** The capacity of one of a machine's disks, in bytes; 0 where it has no such disk. */
export function capacityOf(machine: MachineRecord, key: number): number {
  const device = deviceOf(machine, key);
  return device && isDisk(device) ? (device.capacityInBytes ?? device.capacityInKB * 1024) : 0;
}

/** A file on a datastore as vSphere writes it; the datastore's name is looked up. */
export function pathOn(reader: Reader, datastore: number, path: string): string {
  return formatPath(reader.object(datastore)?.name ?? "", path);
}

/** The files of a disk, as its device shows them: the topmost, and what it is based on within it. */
export function backingOf(machine: MachineRecord, disk: MachineDisk, device: vim.VirtualDisk, reader: Reader): Backing {
  const { layer } = disk;
  const id = (n: number) => mix(reader.seed, 0xd15c, machine.id, disk.key, n).toString(16).padStart(8, "0");
  const mode = device.backing && "diskMode" in device.backing ? device.backing.diskMode : "persistent";
  return {
    ...file(layer, reader),
    diskMode: mode,
    uuid: diskUuid(reader.seed, machine, disk),
    contentId: `${id(5)}${id(6)}${id(7)}${id(8)}`,
    ...(layer.parent ? { parent: lower(layer.parent, reader) } : {}),
  };
}

function file(layer: DiskLayer, reader: Reader): Backing {
  const datastore = reader.object(layer.datastore);
  const ref: Ref<"Datastore"> | undefined = datastore?.kind === "Datastore" ? refOf(datastore) : undefined;
  return {
    _typeName: "VirtualDiskFlatVer2BackingInfo",
    fileName: formatPath(datastore?.name ?? "", layer.path),
    ...(ref ? { datastore: ref } : {}),
    backingObjectId: "",
    diskMode: "persistent",
    split: false,
    writeThrough: false,
    thinProvisioned: layer.thick === 0,
    eagerlyScrub: layer.eager ?? false,
    ...(layer.parent ? { deltaDiskFormat: "seSparseFormat" } : {}),
    digestEnabled: false,
    sharing: "sharingNone",
  };
}

interface Shown {
  readonly name: string;
  readonly below: Backing | undefined;
  readonly backing: Backing;
}

/** Files that others are based on are shared by all forks above them, and so is what is shown of them. */
const shown = new WeakMap<DiskLayer, Shown>();

function lower(layer: DiskLayer, reader: Reader): Backing {
  // From the bottom up: chains may have 255 files.
  const chain: DiskLayer[] = [];
  for (let at: DiskLayer | undefined = layer; at; at = at.parent) chain.push(at);
  let below: Backing | undefined;
  for (const at of chain.reverse()) {
    const name = reader.object(at.datastore)?.name ?? "";
    const known = shown.get(at);
    if (known?.name === name && known.below === below) {
      below = known.backing;
      continue;
    }
    const backing: Backing = Object.freeze({ ...file(at, reader), ...(below ? { parent: below } : {}) });
    shown.set(at, { name, below, backing });
    below = backing;
  }
  return below ?? file(layer, reader);
}
