import type { CreateType, Descriptor, ExtentLine } from "./descriptor.ts";
import { LARGEST, NO_PARENT, SECTOR } from "./format.ts";
import { VmdkError } from "./vmdk-error.ts";

const createTypes: ReadonlySet<string> = new Set<CreateType>([
  "monolithicSparse",
  "monolithicFlat",
  "streamOptimized",
  "vmfs",
  "vmfsSparse",
  "twoGbMaxExtentSparse",
  "twoGbMaxExtentFlat",
]);
const isCreateType = (text: string): text is CreateType => createTypes.has(text);

/** More text than this is no descriptor: 62 TiB in files of 2 GB take less than 3 MiB of lines. */
export const LONGEST_DESCRIPTOR = 4 * 2 ** 20;

const extentLine = /^(RW|RDONLY|NOACCESS)\s+(\d{1,16})\s+([A-Z0-9]{1,20})(?:\s+"([^"]{1,1000})"(?:\s+(\d{1,16}))?)?$/;
const kinds: ReadonlySet<string> = new Set<ExtentLine["kind"]>(["FLAT", "SPARSE", "ZERO", "VMFS", "VMFSSPARSE"]);
const isKind = (text: string | undefined): text is ExtentLine["kind"] => text !== undefined && kinds.has(text);
const isAccess = (text: string | undefined): text is ExtentLine["access"] =>
  text === "RW" || text === "RDONLY" || text === "NOACCESS";

/** Reads a descriptor. Lines that are not known are left out, as VMware's own readers do. */
export function parseDescriptor(bytes: Uint8Array, file: string): Descriptor {
  const end = bytes.indexOf(0);
  const text = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  const corrupt = (what: string) => new VmdkError("Corrupt", file, what);
  const values = new Map<string, string>();
  const extents: ExtentLine[] = [];
  let sectors = 0;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith("ddb.")) continue;
    if (/^(RW|RDONLY|NOACCESS)\s/.test(line)) {
      const extent = parseExtent(line, file);
      sectors += extent.sectors;
      if (sectors > LARGEST / SECTOR) throw corrupt("A disk has at most 62 TiB; its extents have more.");
      extents.push(extent);
      continue;
    }
    const match = /^([A-Za-z]{1,40})\s*=\s*"?([^"]*)"?$/.exec(line);
    if (match?.[1]) values.set(match[1].toLowerCase(), match[2] ?? "");
  }
  const createType = values.get("createtype");
  if (createType === undefined) throw new VmdkError("NotVmdk", file, "It has no createType: it describes no disk.");
  if (!isCreateType(createType))
    throw new VmdkError(
      "Unsupported",
      file,
      `Disks of the type '${createType.slice(0, 40)}' are not read here; ${[...createTypes].join(", ")} are.`,
    );
  if (extents.length === 0) throw corrupt("It names no extents.");
  const number = (key: string, otherwise: number): number => {
    const value = values.get(key);
    if (value === undefined) return otherwise;
    if (/^[0-9a-f]{1,8}$/i.test(value)) return Number.parseInt(value, 16);
    throw corrupt(`Its ${key} is not a hexadecimal number of 32 bits.`);
  };
  const parentCid = number("parentcid", NO_PARENT);
  const parent = values.get("parentfilenamehint") ?? "";
  if (parentCid !== NO_PARENT && parent === "") throw corrupt("It has a parent and does not name its file.");
  return { createType, cid: number("cid", 0), parentCid, parent, extents };
}

function parseExtent(line: string, file: string): ExtentLine {
  const [, access, size, kind, name = "", from = "0"] = extentLine.exec(line) ?? [];
  const sectors = Number(size);
  const offset = Number(from);
  const bad = new VmdkError("Corrupt", file, `Not the line of an extent: '${line.slice(0, 120)}'.`);
  if (!isAccess(access) || kind === undefined) throw bad;
  if (!isKind(kind))
    throw new VmdkError(
      "Unsupported",
      file,
      `Extents of the kind '${kind}' are not read here: '${line.slice(0, 120)}'.`,
    );
  if (!Number.isSafeInteger(sectors) || sectors === 0 || !Number.isSafeInteger(offset * SECTOR)) throw bad;
  if ((name === "") !== (kind === "ZERO")) throw bad;
  return { access, sectors, kind, file: name, offset };
}
