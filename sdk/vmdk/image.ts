import { basename, dirname, join } from "node:path";
import type { Piece } from "./content.ts";
import { NO_PARENT } from "./format.ts";
import { type Layer, openLayer } from "./layer.ts";
import { type Directory, openFile } from "./source.ts";
import { VmdkError } from "./vmdk-error.ts";

/** vSphere has no longer chains. */
const longestChain = 256;

/** A disk that is read from files: its own, and those of its parents. */
export interface VmdkImage {
  /** In bytes: whole sectors. */
  readonly capacity: number;
  /** The files, the disk's own first, the lowest parent last. */
  readonly layers: readonly Omit<Layer, "pieces">[];
  /**
   * What makes up the disk: from the lowest file to its own, so that what comes later counts. All that is in none of them is zero.
   */
  pieces(): AsyncGenerator<Piece, void>;
}

/**
 * Opens a disk with all its parents. Only descriptors and headers are read now; the rest is checked as it is read.
 *
 * @throws VmdkError that names the file and what is wrong in it.
 */
export async function openImage(path: string): Promise<VmdkImage> {
  return openImageIn(folder(dirname(path)), basename(path));
}

/** The same, of files that are found in some other way. */
export async function openImageIn(directory: Directory, file: string): Promise<VmdkImage> {
  const layers: Layer[] = [];
  const seen = new Set<string>();
  for (let name = file; ; ) {
    if (seen.has(name)) throw new VmdkError("Corrupt", file, `Its chain of parents comes back to '${name}'.`);
    if (seen.size === longestChain)
      throw new VmdkError("Unsupported", file, `It has more than ${longestChain - 1} parents, one above the other.`);
    seen.add(name);
    const layer: Layer = await openLayer(directory, name);
    const child = layers.at(-1);
    if (child && child.parentCid !== layer.cid)
      throw new VmdkError(
        "ParentMismatch",
        child.file,
        `Its parent '${name}' has been written since, or is another disk: the content number is ${hex(layer.cid)}, not ${hex(child.parentCid)}.`,
      );
    layers.push(layer);
    if (layer.parentCid === NO_PARENT) break;
    name = layer.parent;
  }
  const capacity = layers[0]?.capacity ?? 0;
  return { capacity, layers, pieces: () => fromBottom(layers, capacity) };
}

async function* fromBottom(layers: readonly Layer[], capacity: number): AsyncGenerator<Piece, void> {
  for (const layer of [...layers].reverse())
    for await (const { address, length, bytes } of layer.pieces()) {
      // A parent may be larger than its child.
      const within = Math.min(length, capacity - address);
      if (within > 0) yield { address, length: within, bytes: bytes?.subarray(0, within) };
    }
}

/** Files of one folder. Others are out of reach: a disk from elsewhere must not read what is private here. */
function folder(path: string): Directory {
  return {
    async open(name) {
      if (basename(name) !== name || name === "" || name === "." || name === ".." || name.includes("\0"))
        throw new VmdkError(
          "FileNotFound",
          name,
          "The files of a disk are looked for beside it: put them into one folder, and name them without it.",
        );
      return openFile(join(path, name), name);
    },
  };
}

const hex = (value: number) => value.toString(16).padStart(8, "0");
