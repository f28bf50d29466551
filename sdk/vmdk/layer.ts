import type { Piece } from "./content.ts";
import { COWD } from "./cowd-header.ts";
import type { CreateType, Descriptor, ExtentLine } from "./descriptor.ts";
import { BATCH, SECTOR } from "./format.ts";
import { LONGEST_DESCRIPTOR, parseDescriptor } from "./parse-descriptor.ts";
import { readCowd, readCowdHeader } from "./read-cowd.ts";
import { readSparse, readSparseHeader } from "./read-sparse.ts";
import { readStream } from "./read-stream.ts";
import { type Directory, requireWithin, type Source } from "./source.ts";
import { MAGIC } from "./sparse-header.ts";
import { VmdkError } from "./vmdk-error.ts";

/** One disk of a chain: a file, or a descriptor and the files that it names. */
export interface Layer {
  readonly file: string;
  readonly createType: CreateType;
  readonly capacity: number;
  readonly cid: number;
  readonly parentCid: number;
  /** The parent's file as this one names it. */
  readonly parent: string;
  /** What it holds, in the order of the disk. */
  pieces(): AsyncGenerator<Piece, void>;
}

/** Opens what a name stands for. Files that hold the bytes are opened one at a time when they are read. */
export async function openLayer(directory: Directory, file: string): Promise<Layer> {
  const source = await directory.open(file);
  try {
    const sparse = (await magicOf(source)) === MAGIC;
    const descriptor = sparse ? await descriptorIn(source) : await descriptorOf(source);
    const { createType, cid, parentCid, parent, extents } = descriptor;
    requireDistinct(extents, file);
    const sectors = extents.reduce((sum, extent) => sum + extent.sectors, 0);
    const lines = sparse ? extents.map((extent) => ({ ...extent, file })) : extents;
    return {
      file,
      createType,
      capacity: sectors * SECTOR,
      cid,
      parentCid,
      parent,
      pieces: () => piecesOf(directory, lines, createType),
    };
  } finally {
    await source.close();
  }
}

async function magicOf(source: Source): Promise<number> {
  if (source.size < 4) throw new VmdkError("NotVmdk", source.name, `It has only ${source.size} bytes.`);
  const head = await source.read(0, 4);
  return new DataView(head.buffer, head.byteOffset).getUint32(0, true);
}

async function descriptorIn(source: Source): Promise<Descriptor> {
  const header = await readSparseHeader(source);
  const bytes = header.descriptorSize * SECTOR;
  if (header.descriptorOffset === 0 || bytes === 0)
    throw new VmdkError("Unsupported", source.name, "It has no descriptor: name the file that describes the disk.");
  if (bytes > LONGEST_DESCRIPTOR) throw new VmdkError("Corrupt", source.name, "Its descriptor is too long.");
  requireWithin(source, header.descriptorOffset * SECTOR, bytes);
  const descriptor = parseDescriptor(await source.read(header.descriptorOffset * SECTOR, bytes), source.name);
  const [extent] = descriptor.extents;
  if (descriptor.extents.length !== 1 || extent?.kind !== "SPARSE")
    throw new VmdkError("Corrupt", source.name, "A descriptor inside a file names that file as its one extent.");
  // The header counts where the two disagree: it is what the tables were made for.
  return { ...descriptor, extents: [{ ...extent, sectors: header.capacity }] };
}

async function descriptorOf(source: Source): Promise<Descriptor> {
  const { name, size } = source;
  if ((await magicOf(source)) === COWD)
    throw new VmdkError(
      "Unsupported",
      name,
      "It is an extent without a descriptor: name the file that describes the disk.",
    );
  if (size > LONGEST_DESCRIPTOR) throw new VmdkError("NotVmdk", name, "It is neither a sparse disk nor a descriptor.");
  const bytes = await source.read(0, size);
  if (!new TextDecoder("latin1").decode(bytes.subarray(0, 512)).includes("# Disk DescriptorFile"))
    throw new VmdkError("NotVmdk", name, "It is neither a sparse disk nor a descriptor.");
  return parseDescriptor(bytes, name);
}

/** No bytes of a file may be in two places of a disk. */
function requireDistinct(extents: readonly ExtentLine[], file: string): void {
  const ends = new Map<string, number>();
  const sorted = extents.filter(({ kind }) => kind !== "ZERO").sort((a, b) => a.offset - b.offset);
  for (const { kind, file: name, offset, sectors } of sorted) {
    const from = kind === "FLAT" ? offset : 0;
    if (from < (ends.get(name) ?? 0))
      throw new VmdkError("Corrupt", file, `Two of its extents lie on each other in '${name.slice(0, 100)}'.`);
    ends.set(name, from + sectors);
  }
}

async function* piecesOf(
  directory: Directory,
  extents: readonly ExtentLine[],
  createType: CreateType,
): AsyncGenerator<Piece, void> {
  let base = 0;
  for (const extent of extents) {
    if (extent.kind !== "ZERO" && extent.access !== "NOACCESS") {
      const source = await directory.open(extent.file);
      try {
        const pieces = createType === "streamOptimized" ? streamed(source) : extentPieces(source, extent);
        for await (const piece of pieces) yield { ...piece, address: base + piece.address };
      } finally {
        await source.close();
      }
    }
    base += extent.sectors * SECTOR;
  }
}

async function* extentPieces(source: Source, extent: ExtentLine): AsyncGenerator<Piece, void> {
  const wrong = (sectors: number) =>
    new VmdkError("Corrupt", source.name, `It has ${sectors} sectors where its descriptor says ${extent.sectors}.`);
  if (extent.kind === "FLAT" || extent.kind === "VMFS") {
    yield* flat(source, extent);
  } else if (extent.kind === "SPARSE") {
    if ((await magicOf(source)) !== MAGIC) throw new VmdkError("NotVmdk", source.name, "It is not a sparse disk.");
    const header = await readSparseHeader(source);
    if (header.capacity !== extent.sectors) throw wrong(header.capacity);
    yield* readSparse(source, header);
  } else {
    if ((await magicOf(source)) !== COWD) throw new VmdkError("NotVmdk", source.name, "It is not a vmfsSparse extent.");
    const header = await readCowdHeader(source);
    if (header.sectors !== extent.sectors) throw wrong(header.sectors);
    yield* readCowd(source, header);
  }
}

async function* flat(source: Source, { offset, sectors }: ExtentLine): AsyncGenerator<Piece, void> {
  const start = offset * SECTOR;
  const length = sectors * SECTOR;
  requireWithin(source, start, length);
  for (let at = 0; at < length; at += BATCH) {
    const size = Math.min(BATCH, length - at);
    yield { address: at, length: size, bytes: await source.read(start + at, size) };
  }
}

async function* streamed(source: Source): AsyncGenerator<Piece, void> {
  yield* (await readStream(chunksOf(source), source.name)).pieces();
}

async function* chunksOf(source: Source): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < source.size; at += BATCH) yield await source.read(at, Math.min(BATCH, source.size - at));
}
