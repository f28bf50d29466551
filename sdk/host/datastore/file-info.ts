import type { vim } from "../../vim/index.ts";
import { devicesOf, isDisk } from "../machine/devices.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { formatPath } from "../storage/path.ts";
import { type StoredFile, shownName } from "./catalogue.ts";
import { extentPath } from "./text/descriptor.ts";

/** What a search is to say of each file. */
interface Detail {
  readonly flags: vim.FileQueryFlags | undefined;
  readonly disk: vim.VmDiskFileQueryFlags | undefined;
  readonly config: vim.VmConfigFileQueryFlags | undefined;
}

type InfoType =
  | "FolderFileInfo"
  | "VmConfigFileInfo"
  | "TemplateConfigFileInfo"
  | "VmDiskFileInfo"
  | "VmSnapshotFileInfo"
  | "VmNvramFileInfo"
  | "VmLogFileInfo"
  | "IsoImageFileInfo"
  | "FloppyImageFileInfo"
  | "FileInfo";

/** By what a file's name ends in: what it is for a browser, whoever has put it there. */
const byName: readonly (readonly [RegExp, InfoType])[] = [
  [/\.vmtx$/i, "TemplateConfigFileInfo"],
  [/\.vmx$/i, "VmConfigFileInfo"],
  [/\.vms[ns]$/i, "VmSnapshotFileInfo"],
  [/\.nvram$/i, "VmNvramFileInfo"],
  [/^vmware(-\d+)?\.log$/i, "VmLogFileInfo"],
  [/\.iso$/i, "IsoImageFileInfo"],
  [/\.(flp|img)$/i, "FloppyImageFileInfo"],
];

/** What a file is. The blocks of disks are not disks: those are their descriptors. */
export function infoTypeOf(file: StoredFile): InfoType {
  if (file.type === "folder") return "FolderFileInfo";
  if (file.disk) return file.type === "diskDescriptor" ? "VmDiskFileInfo" : "FileInfo";
  const name = shownName(file);
  if (file.type === "config" && file.machine?.template) return "TemplateConfigFileInfo";
  return byName.find(([form]) => form.test(name))?.[1] ?? "FileInfo";
}

/** A disk's size is that of its blocks, which its descriptor stands for. */
export const sizeOf = (file: StoredFile, blocks: (file: StoredFile) => number): number =>
  infoTypeOf(file) === "VmDiskFileInfo" ? file.size + blocks(file) : file.size;

/** What a browser says of a file. */
export function fileInfo(
  file: StoredFile,
  type: InfoType,
  size: number,
  datastore: string,
  { flags, disk, config }: Detail,
): vim.FileInfo {
  const common = {
    path: shownName(file),
    ...(file.machine && file.type === "config" ? { friendlyName: file.machine.name } : {}),
    ...(flags?.fileSize ? { fileSize: size } : {}),
    ...(flags?.modification ? { modification: new Date(file.modified).toISOString() } : {}),
    ...(flags?.fileOwner ? { owner: file.owner } : {}),
  };
  if (type === "VmDiskFileInfo") return { _typeName: type, ...common, ...diskInfo(file, datastore, disk) };
  if (type === "VmConfigFileInfo" || type === "TemplateConfigFileInfo")
    return { _typeName: type, ...common, ...(config?.configVersion ? { configVersion: 8 } : {}) };
  return { _typeName: type, ...common };
}

function diskInfo(file: StoredFile, datastore: string, wanted: vim.VmDiskFileQueryFlags | undefined) {
  const { disk } = file;
  if (!wanted || !disk) return {};
  const { layer, about, machine } = disk;
  return {
    ...(wanted.diskType ? { diskType } : {}),
    ...(wanted.capacityKb ? { capacityKb: Math.ceil(about.bytes / 1024) } : {}),
    ...(wanted.hardwareVersion ? { hardwareVersion: hardwareVersion(machine) } : {}),
    ...(wanted.controllerType ? { controllerType: controllerOf(file) } : {}),
    ...(wanted.diskExtents ? { diskExtents: [formatPath(datastore, extentPath(layer))] } : {}),
    ...(wanted.thin ? { thin: layer.thick === 0 } : {}),
  };
}

/** Disks of all machines are backed by files of this kind. */
export const diskType = "VirtualDiskFlatVer2BackingInfo";

export const hardwareVersion = (machine: MachineRecord | undefined): number =>
  Number(machine?.base.version.replace(/^vmx-0*/, "") ?? 21);

const adapters: Readonly<Record<string, string>> = {
  ide: "VirtualIDEController",
  busLogic: "VirtualBusLogicController",
  lsiLogic: "VirtualLsiLogicController",
};

/** The type of controller that a disk hangs from, or is made to hang from. */
export function controllerOf({ disk }: StoredFile): string {
  if (!disk?.machine) return adapters[disk?.about.adapter ?? ""] ?? "VirtualLsiLogicController";
  const devices = devicesOf(disk.machine);
  const device = devices.find((one) => isDisk(one) && one.key === disk.disk.key);
  return devices.find(({ key }) => key === device?.controllerKey)?._typeName ?? "ParaVirtualSCSIController";
}
