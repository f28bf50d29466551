import { NO_PARENT, SECTOR } from "./format.ts";

/** How a disk is laid out in files. */
export type CreateType =
  | "monolithicSparse"
  | "monolithicFlat"
  | "streamOptimized"
  | "vmfs"
  | "vmfsSparse"
  | "twoGbMaxExtentSparse"
  | "twoGbMaxExtentFlat";

/** A line of a descriptor that says where the bytes are: `RW 20480 FLAT "disk-flat.vmdk" 0`. */
export interface ExtentLine {
  readonly access: "RW" | "RDONLY" | "NOACCESS";
  readonly sectors: number;
  readonly kind: "FLAT" | "SPARSE" | "ZERO" | "VMFS" | "VMFSSPARSE";
  /** Empty for ZERO. */
  readonly file: string;
  /** The sector in the file at which it begins. */
  readonly offset: number;
}

/** The text in front of, or inside, the files of a disk. */
export interface Descriptor {
  readonly createType: CreateType;
  readonly cid: number;
  readonly parentCid: number;
  /** The file of the parent, as the child's directory knows it; empty for none. */
  readonly parent: string;
  readonly extents: readonly ExtentLine[];
}

const hex = (value: number) => value.toString(16).padStart(8, "0");

/** The geometry that disks on SCSI controllers show. */
const heads = 255;
const sectorsPerTrack = 63;

/** A descriptor's text. VMware's own readers want `version=1` first, after the comment. */
export function formatDescriptor({ createType, cid, parentCid, parent, extents }: Descriptor): string {
  const sectors = extents.reduce((sum, extent) => sum + extent.sectors, 0);
  const cylinders = Math.max(1, Math.floor(sectors / (heads * sectorsPerTrack)));
  const lines = extents.map(({ access, sectors: size, kind, file, offset }) => {
    return `${access} ${size} ${kind} "${file}"${kind === "FLAT" ? ` ${offset}` : ""}`;
  });
  const about = [
    "# Disk DescriptorFile",
    "version=1",
    'encoding="UTF-8"',
    `CID=${hex(cid)}`,
    `parentCID=${hex(parentCid)}`,
    `createType="${createType}"`,
    ...(parentCid === NO_PARENT ? [] : [`parentFileNameHint="${parent}"`]),
  ];
  const database = [
    'ddb.virtualHWVersion = "21"',
    `ddb.geometry.cylinders = "${cylinders}"`,
    `ddb.geometry.heads = "${heads}"`,
    `ddb.geometry.sectors = "${sectorsPerTrack}"`,
    'ddb.adapterType = "lsilogic"',
    'ddb.toolsVersion = "2147483647"',
  ];
  return [...about, "", "# Extent description", ...lines, "", "# The Disk Data Base", "#DDB", "", ...database, ""].join(
    "\n",
  );
}

/** A descriptor as it stands inside a sparse file: filled up with zeros to whole sectors. */
export function embedded(descriptor: Descriptor, sectors: number): Uint8Array {
  const text = new TextEncoder().encode(formatDescriptor(descriptor));
  const room = sectors * SECTOR;
  if (text.length > room) throw new RangeError(`a descriptor of ${text.length} bytes does not fit into ${room}`);
  const bytes = new Uint8Array(room);
  bytes.set(text);
  return bytes;
}
