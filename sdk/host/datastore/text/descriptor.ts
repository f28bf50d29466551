import { textHash } from "../../cow/text-hash.ts";
import { mix } from "../../random.ts";
import type { DiskLayer } from "../../state/machine-record.ts";
import { baseNameOf, directoryOf } from "../../storage/path.ts";

/** The file that holds the blocks of a disk: VMFS 6 keeps those of deltas in the SE sparse format. */
export const extentPath = (layer: DiskLayer): string =>
  layer.path.replace(/\.vmdk$/, layer.parent ? "-sesparse.vmdk" : "-flat.vmdk");

const hex = (value: number) => value.toString(16).padStart(8, "0");
/** The two greatest numbers have meanings of their own. */
const idOf = (seed: number, { datastore, path }: DiskLayer) =>
  Math.min(0xfffffffd, mix(seed, 0xc1d, datastore, textHash(path)));

/** The geometry that a disk on a SCSI controller shows, by its size. */
export function geometryOf(bytes: number): {
  readonly cylinder: number;
  readonly head: number;
  readonly sector: number;
} {
  const [head, sector] = bytes < 2 ** 30 ? [64, 32] : bytes < 2 ** 31 ? [128, 32] : [255, 63];
  return { cylinder: Math.floor(bytes / 512 / (head * sector)), head, sector };
}

/** The text in front of a disk's blocks: what the disk is, where its bytes are, and what it is based on. */
export function descriptorText(
  seed: number,
  layer: DiskLayer,
  bytes: number,
  uuid: string,
  adapter = "lsilogic",
): string {
  const { parent } = layer;
  const { cylinder, head, sector } = geometryOf(bytes);
  const sectors = Math.ceil(bytes / 512);
  const hint =
    parent && (directoryOf(parent.path) === directoryOf(layer.path) ? baseNameOf(parent.path) : `/${parent.path}`);
  return [
    "# Disk DescriptorFile",
    `version=${parent ? 4 : 1}`,
    'encoding="UTF-8"',
    `CID=${hex(idOf(seed, layer))}`,
    `parentCID=${parent ? hex(idOf(seed, parent)) : "ffffffff"}`,
    `createType="${parent ? "seSparse" : "vmfs"}"`,
    ...(hint ? [`parentFileNameHint="${hint}"`] : []),
    "",
    "# Extent description",
    `RW ${sectors} ${parent ? "SESPARSE" : "VMFS"} "${baseNameOf(extentPath(layer))}"`,
    "",
    "# The Disk Data Base",
    "#DDB",
    "",
    `ddb.adapterType = "${adapter}"`,
    ...(layer.thick === 0 && !parent ? ['ddb.thinProvisioned = "1"'] : []),
    ...(parent ? ['ddb.grain = "8"'] : []),
    `ddb.geometry.cylinders = "${cylinder}"`,
    `ddb.geometry.heads = "${head}"`,
    `ddb.geometry.sectors = "${sector}"`,
    `ddb.uuid = "${uuid}"`,
    'ddb.virtualHWVersion = "21"',
    "",
  ].join("\n");
}
