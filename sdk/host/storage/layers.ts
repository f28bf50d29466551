import type { Draft } from "../state/draft.ts";
import type { DiskLayer } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { layerBytes } from "./files.ts";
import { directoryOf } from "./path.ts";
import { giveSpace } from "./space.ts";

/**
 * Disk files form trees: a machine or a snapshot refers to a topmost file, a delta refers to the file below it. A file goes when
 * nobody refers to it any more, so that a source can be destroyed while its forks live on. Nearly every file has one that refers
 * to it; only other counts are kept, in `state.bases`.
 */
export const layerKey = (layer: DiskLayer): string => `${layer.datastore}/${layer.path}`;
const directoryKey = (layer: DiskLayer) => `${layer.datastore}/${directoryOf(layer.path)}/`;

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

/** A machine no longer refers to a file: it goes, and those below it, unless others refer to them. */
export function unrefer(tx: Draft, layer: DiskLayer, machine: number): void {
  for (let at: DiskLayer | undefined = layer; at; at = at.parent) {
    const key = layerKey(at);
    const { directories } = record(tx, "Datastore", at.datastore);
    const own = directories.get(directoryOf(at.path)) === machine;
    const count = tx.bases.get(key) ?? 1;
    if (count > 1) {
      if (count === 2) tx.bases.delete(key);
      else tx.bases.set(key, count - 1);
      if (own) addLeft(tx, at, 1);
      return;
    }
    giveSpace(tx, at.datastore, layerBytes(at));
    if (!own) addLeft(tx, at, -1);
  }
}

/** Files in a directory whose machine refers to them no longer; the last one takes the directory of a machine that is gone along. */
function addLeft(tx: Draft, layer: DiskLayer, files: 1 | -1): void {
  const key = directoryKey(layer);
  const left = (tx.bases.get(key) ?? 0) + files;
  if (left > 0) tx.bases.set(key, left);
  else tx.bases.delete(key);
  const directory = directoryOf(layer.path);
  const { directories } = record(tx, "Datastore", layer.datastore);
  if (left === 0 && !isTaken(tx, layer.datastore, directory))
    tx.change("Datastore", layer.datastore, () => ({ directories: directories.delete(directory) }));
}

/** True when a directory's machine is in the inventory, or out of it but still there. */
const isTaken = (tx: Draft, datastore: number, directory: string): boolean =>
  tx.object(record(tx, "Datastore", datastore).directories.get(directory) ?? 0) !== undefined ||
  tx.unregistered.has(`${datastore}/${directory}`);

/** True when files that others need are left in a directory whose machine goes. */
export const hasLeft = (tx: Draft, datastore: number, directory: string): boolean =>
  tx.bases.has(`${datastore}/${directory}/`);

/** All files of a disk, the topmost first. */
export function* chainOf(layer: DiskLayer): Generator<DiskLayer> {
  for (let at: DiskLayer | undefined = layer; at; at = at.parent) yield at;
}

/** The path of the next delta of a disk: `golden/golden.vmdk`, `golden/golden-000001.vmdk`, ... */
export function nextPath(layer: DiskLayer, others: readonly DiskLayer[] = []): string {
  const stem = stemOf(layer.path);
  let last = 0;
  for (const top of [layer, ...others])
    for (const file of chainOf(top)) if (stemOf(file.path) === stem) last = Math.max(last, numberOf(file.path));
  return `${stem}-${String(last + 1).padStart(6, "0")}.vmdk`;
}

const numbered = /-(\d{6,})\.vmdk$/;
export const stemOf = (path: string): string => path.replace(numbered, "").replace(/\.vmdk$/, "");
const numberOf = (path: string): number => Number(numbered.exec(path)?.[1] ?? 0);
