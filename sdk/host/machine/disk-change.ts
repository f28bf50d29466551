import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import type { View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { type ChangePath, deviceFault, pathIn } from "./device-fault.ts";
import { requireMode } from "./disk-mode.ts";

/** What a change of devices does to disks, in order; the devices themselves are another list. */
export type DiskChange =
  | {
      readonly kind: "create";
      readonly key: number;
      readonly bytes: number;
      readonly thick: number;
      readonly eager: boolean;
      /** Empty, `[datastore]`, or a whole path. */
      readonly fileName: string;
      readonly at: ChangePath;
    }
  | {
      readonly kind: "attach";
      readonly key: number;
      readonly bytes: number;
      readonly fileName: string;
      readonly at: ChangePath;
    }
  | {
      readonly kind: "grow";
      readonly key: number;
      readonly bytes: number;
      readonly at: ChangePath;
    }
  | {
      readonly kind: "remove";
      readonly key: number;
      readonly destroy: boolean;
    };

/** The largest disk of vSphere, 62 TiB. */
const largest = 62 * 2 ** 40;

/** The capacity that a caller asks for, in bytes: `capacityInBytes` counts before `capacityInKB`. */
export function capacityOf(disk: vim.VirtualDisk, at: ChangePath): number {
  const bytes = Number(disk.capacityInBytes ?? Number(disk.capacityInKB) * 1024);
  const field = disk.capacityInBytes === undefined ? "device.capacityInKB" : "device.capacityInBytes";
  if (Number.isSafeInteger(bytes) && bytes > 0 && bytes <= largest && bytes % 512 === 0) return bytes;
  throw invalidArgument(
    pathIn(at, field),
    `A disk has whole sectors of 512 bytes, at most 62 TiB; ${bytes} bytes are asked for.`,
  );
}

/** Reads what a new disk is to be. */
export function newDisk(
  view: View,
  disk: vim.VirtualDisk,
  key: number,
  operation: vim.VirtualDeviceConfigSpec["fileOperation"],
  at: ChangePath,
): DiskChange {
  const { backing } = disk;
  if (!is(backing, "VirtualDiskFlatVer2BackingInfo"))
    throw deviceFault(
      "InvalidDeviceBacking",
      at,
      "device.backing",
      "Disks are backed by VirtualDiskFlatVer2BackingInfo.",
    );
  requireMode(disk, at);
  if (backing.sharing === "sharingMultiWriter")
    throw notSupported(`A disk that several machines write to (${pathIn(at, "device.backing.sharing")})`);
  if (backing.thinProvisioned === true && backing.eagerlyScrub === true)
    throw deviceFault(
      "InvalidDeviceBacking",
      at,
      "device.backing.eagerlyScrub",
      "A thin disk cannot be written with zeros at once.",
    );
  if (backing.parent) throw notSupported(`Creating a disk on a parent (${pathIn(at, "device.backing.parent")})`);
  if (operation === "replace") throw notSupported(`The file operation 'replace' (${pathIn(at, "fileOperation")})`);
  const { fileName } = backing;
  if (operation !== "create")
    return {
      kind: "attach",
      key,
      bytes: sizeOfLoose(view, fileName),
      fileName,
      at,
    };
  const bytes = capacityOf(disk, at);
  return {
    kind: "create",
    key,
    bytes,
    thick: backing.thinProvisioned === true ? 0 : bytes,
    eager: backing.eagerlyScrub === true,
    fileName,
    at,
  };
}

/** The size of a disk that no machine has; 0 where there is none, which is told when it is to be added. */
function sizeOfLoose(view: View, fileName: string): number {
  const { path, datastore } = parsePath(fileName);
  for (const disk of view.state.loose.values()) {
    const name = view.object(disk.layer.datastore)?.name;
    if (disk.layer.path === path && name === datastore) return disk.capacity ?? view.pages.figures(disk.space).size;
  }
  return 0;
}

/** A disk as machines keep it: without the names of its files, which are the machine's own. */
export function diskDevice(disk: vim.VirtualDisk, bytes: number): vim.VirtualDisk {
  const { backing, capacityInKB: _kb, capacityInBytes: _bytes, ...rest } = disk;
  const mode = backing && "diskMode" in backing ? backing.diskMode : "persistent";
  const capacityInKB = Math.ceil(bytes / 1024);
  return {
    ...rest,
    deviceInfo: {
      _typeName: "Description",
      label: disk.deviceInfo?.label ?? "",
      // not toLocaleString, whose first call takes longer than all else when a host starts
      summary: `${String(capacityInKB).replace(/\B(?=(?:\d{3})+$)/g, ",")} KB`,
    },
    backing: {
      _typeName: "VirtualDiskFlatVer2BackingInfo",
      fileName: "",
      diskMode: mode,
    },
    capacityInKB,
    capacityInBytes: bytes,
  };
}
