import type { Draft } from "../state/draft.ts";
import type { DiskLayer } from "../state/machine-record.ts";
import { fileGone } from "./directory.ts";
import { layerBytes } from "./files.ts";
import { giveSpace } from "./space.ts";

/**
 * Disk files form trees: a machine or a snapshot refers to a topmost file, a delta refers to the file below it. A file goes when
 * nobody refers to it any more, so that a source can be destroyed while its forks live on. Nearly every file has one that refers
 * to it; only other counts are kept, in `state.bases`.
 */
export const layerKey = (layer: DiskLayer): string => `${layer.datastore}/${layer.path}`;

/** True when others than the machine whose topmost file this is refer to it: it can no longer be written to. */
export const isBase = (tx: Draft, layer: DiskLayer): boolean => tx.bases.has(layerKey(layer));

/** One more refers to a file. */
export function refer(tx: Draft, layer: DiskLayer): void {
  const key = layerKey(layer);
  tx.bases.set(key, (tx.bases.get(key) ?? 1) + 1);
}

/** A new, empty file above another, in which the reference of the caller to the lower one goes over to it. */
export function deltaOn(parent: DiskLayer, datastore: number, path: string): DiskLayer {
  return { datastore, path, parent, depth: parent.depth + 1, thick: 0 };
}

/** A new file of a disk that stands for itself. */
export function baseLayer(datastore: number, path: string, thick: number): DiskLayer {
  return { datastore, path, parent: undefined, depth: 1, thick };
}

/** Somebody no longer refers to some files: they go, and those below them, unless others refer to them. */
export function unrefer(tx: Draft, tops: readonly DiskLayer[]): void {
  for (const top of tops)
    for (const layer of chainOf(top)) {
      if (!dropReference(tx, layer)) break;
      removeFile(tx, layer);
    }
}

/** A file goes, with what it takes whatever is in it. */
export function removeFile(tx: Draft, layer: DiskLayer): void {
  giveSpace(tx, layer.datastore, layerBytes(layer));
  fileGone(tx, layer.datastore, layer.path);
}

/** True when nobody refers to the file any more. */
function dropReference(tx: Draft, layer: DiskLayer): boolean {
  const key = layerKey(layer);
  const count = tx.bases.get(key) ?? 1;
  if (count === 2) tx.bases.delete(key);
  else if (count > 2) tx.bases.set(key, count - 1);
  return count === 1;
}

/** All files of a disk, the topmost first. */
export function* chainOf(layer: DiskLayer): Generator<DiskLayer> {
  for (let at: DiskLayer | undefined = layer; at; at = at.parent) yield at;
}
