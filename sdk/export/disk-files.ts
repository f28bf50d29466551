import { basename, dirname, extname, join } from "node:path";
import type { OpenDisk, OpenLevel } from "../transport/transport.ts";
import * as vmdk from "../vmdk/index.ts";
import type { ExportedDisk } from "./disk-options.ts";
import { exists, writeNewFile } from "./new-file.ts";
import type { Watch } from "./watch.ts";

type Named = OpenLevel & { readonly cid: number; readonly file: string };

/** All of a disk in one sparse file. */
export async function writeFlattened(disk: OpenDisk, file: string, watch: Watch): Promise<ExportedDisk> {
  const { whole } = topOf(disk);
  const { capacity } = whole;
  const { grains } = await writeNewFile(file, (output) =>
    vmdk.writeSparse(output, watch(vmdk.grainsOf(whole), capacity), { file: basename(file), capacity }),
  );
  return { files: [file], capacity, held: grains * vmdk.GRAIN };
}

/** All of a disk in one compressed file. */
export async function writeStreamed(disk: OpenDisk, file: string, watch: Watch): Promise<ExportedDisk> {
  const { whole } = topOf(disk);
  const { capacity } = whole;
  let held = 0;
  await writeNewFile(file, async (output) => {
    let position = 0;
    const grains = watch(vmdk.grainsOf(whole), capacity, (grain) => {
      held += grain.bytes.length;
    });
    const cid = vmdk.contentIdOf([], capacity);
    for await (const chunk of vmdk.writeStream(grains, { file: basename(file), capacity, cid })) {
      await output.write(position, chunk);
      position += chunk.length;
    }
  });
  return { files: [file], capacity, held };
}

/** What a disk has of its own in one sparse file, and each disk below it in another. */
export async function writeChain(disk: OpenDisk, file: string, watch: Watch): Promise<ExportedDisk> {
  const levels = await named(disk, file, async (path, cid) => (await cidOf(path)) === cid);
  const [top] = levels;
  let held = 0;
  // From the bottom up: a file that is there has all that it needs.
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at];
    if (!level || (at > 0 && (await cidOf(level.file)) === level.cid)) continue;
    const below = levels[at + 1];
    const { capacity } = level.own;
    const parent = below && { cid: below.cid, file: basename(below.file) };
    const { grains } = await writeNewFile(level.file, (output) =>
      vmdk.writeSparse(output, watch(vmdk.grainsOf(level.own), capacity), {
        file: basename(level.file),
        capacity,
        parent,
      }),
    );
    if (at === 0) held = grains * vmdk.GRAIN;
  }
  return { files: levels.map((level) => level.file), capacity: top?.own.capacity ?? 0, held };
}

/** The same as ESXi keeps it: a flat disk at the bottom, above it sectors, each with a text that describes it. */
export async function writeVmfs(disk: OpenDisk, file: string, flatten: boolean, watch: Watch): Promise<ExportedDisk> {
  const [first] = disk.levels;
  const whole = first && { ...disk, levels: [{ ...first, own: first.whole }] };
  const levels = await named(flatten && whole ? whole : disk, file, async (path, cid) => (await cidOf(path)) === cid);
  let held = 0;
  const files: string[] = [];
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at];
    if (!level) continue;
    const below = levels[at + 1];
    const blocks = suffixed(level.file, below ? "-delta" : "-flat");
    if (at > 0 && (await cidOf(level.file)) === level.cid) {
      // It may be there in another format, which is as good.
      files.unshift(level.file, ...((await exists(blocks)) ? [blocks] : []));
      continue;
    }
    files.unshift(level.file, blocks);
    const bytes = await writeBlocks(level, blocks, below !== undefined, watch);
    if (at === 0) held = bytes;
    const text = vmdk.formatDescriptor({
      createType: below ? "vmfsSparse" : "vmfs",
      cid: level.cid,
      parentCid: below?.cid ?? vmdk.NO_PARENT,
      parent: below ? basename(below.file) : "",
      extents: [
        {
          access: "RW",
          sectors: level.own.capacity / vmdk.SECTOR,
          kind: below ? "VMFSSPARSE" : "VMFS",
          file: basename(blocks),
          offset: 0,
        },
      ],
    });
    await writeNewFile(level.file, (output) => output.write(0, new TextEncoder().encode(text)));
  }
  return { files, capacity: levels[0]?.own.capacity ?? 0, held };
}

function writeBlocks({ own }: OpenLevel, file: string, delta: boolean, watch: Watch): Promise<number> {
  const { capacity } = own;
  let held = 0;
  const pieces = watch(vmdk.piecesOf(own, vmdk.BATCH), capacity, ({ bytes }) => {
    held += bytes.length;
  });
  return writeNewFile(file, async (output) => {
    if (delta) await vmdk.writeCowd(output, pieces, { file: basename(file), capacity });
    else await vmdk.writeFlat(output, pieces, capacity);
    return held;
  });
}

function topOf(disk: OpenDisk): OpenLevel {
  const [top] = disk.levels;
  if (top) return top;
  throw new Error("A disk has at least itself.");
}

/**
 * Gives each level its file, beside the one asked for: named as on its datastore, and with its content's number where another
 * disk has that name already. Nothing that is there is ever overwritten but the file that was asked for.
 */
async function named(
  disk: OpenDisk,
  file: string,
  isThere: (path: string, cid: number) => Promise<boolean>,
): Promise<readonly Named[]> {
  const levels: Named[] = [];
  let cid: number = vmdk.NO_PARENT;
  const taken = new Set([file]);
  for (let at = disk.levels.length - 1; at >= 0; at--) {
    const level = disk.levels[at];
    if (!level) continue;
    cid = contentId(level, cid);
    const wanted = join(dirname(file), basename(level.path));
    let path = at === 0 ? file : wanted;
    const fits = async (one: string) => !taken.has(one) && ((await isThere(one, cid)) || !(await exists(one)));
    for (let n = 0; at > 0 && !(await fits(path)); n++)
      path = suffixed(wanted, `-${cid.toString(16).padStart(8, "0")}${n === 0 ? "" : `-${n}`}`);
    taken.add(path);
    levels.unshift({ ...level, cid, file: path });
  }
  return levels;
}

const suffixed = (file: string, suffix: string) =>
  join(dirname(file), `${basename(file, extname(file))}${suffix}.vmdk`);

const known = new WeakMap<object, Map<number, number>>();

/** Reading all of a parent for each of its children takes long: the number is kept as long as nothing has changed. */
function contentId({ own, version }: OpenLevel, parent: number): number {
  const cids = known.get(version) ?? new Map<number, number>();
  known.set(version, cids);
  const cid = cids.get(parent) ?? vmdk.contentIdOf(vmdk.grainsOf(own), own.capacity, parent);
  cids.set(parent, cid);
  return cid;
}

/** The number of the disk that is there under a name, whole as far as can be seen. */
async function cidOf(path: string): Promise<number | undefined> {
  try {
    const [layer] = (await vmdk.openImage(path)).layers;
    const suffix = layer?.createType === "vmfs" ? "-flat" : layer?.createType === "vmfsSparse" ? "-delta" : undefined;
    // A text without its blocks is no disk.
    return suffix !== undefined && !(await exists(suffixed(path, suffix))) ? undefined : layer?.cid;
  } catch (error) {
    if (error instanceof vmdk.VmdkError) return undefined;
    throw error;
  }
}
