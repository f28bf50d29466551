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

/**
 * A machine no longer refers to some files: they go, and those below them, unless others refer to them. `kept` are the topmost
 * files that it goes on referring to.
 */
export function unrefer(tx: Draft, machine: number, tops: readonly DiskLayer[], kept: readonly DiskLayer[]): void {
  const gone = new Set<DiskLayer>();
  for (const top of tops)
    for (const layer of chainOf(top)) {
      if (!dropReference(tx, layer)) break;
      gone.add(layer);
      giveSpace(tx, layer.datastore, layerBytes(layer));
      if (!owns(tx, machine, layer)) addLeft(tx, layer, -1);
    }
  leaveBehind(tx, machine, tops, kept, gone);
}

/** Files in the machine's own directory that it no longer refers to, but others do. */
export function leaveBehind(
  tx: Draft,
  machine: number,
  tops: readonly DiskLayer[],
  kept: readonly DiskLayer[],
  gone: ReadonlySet<DiskLayer> = new Set(),
): void {
  const known = new Set<DiskLayer>();
  for (const top of kept) for (const layer of chainOf(top)) known.add(layer);
  for (const top of tops)
    for (const layer of chainOf(top)) {
      if (known.has(layer) || gone.has(layer) || !owns(tx, machine, layer)) continue;
      known.add(layer);
      addLeft(tx, layer, 1);
    }
}

/** The reverse: a machine refers again to files in its own directory. */
export function takeBack(tx: Draft, machine: number, top: DiskLayer, others: readonly DiskLayer[]): void {
  const known = new Set<DiskLayer>();
  for (const other of others) for (const layer of chainOf(other)) known.add(layer);
  for (const layer of chainOf(top)) if (!known.has(layer) && owns(tx, machine, layer)) addLeft(tx, layer, -1);
}

/** True when nobody refers to the file any more. */
function dropReference(tx: Draft, layer: DiskLayer): boolean {
  const key = layerKey(layer);
  const count = tx.bases.get(key) ?? 1;
  if (count === 2) tx.bases.delete(key);
  else if (count > 2) tx.bases.set(key, count - 1);
  return count === 1;
}

/** True when a file lies in a directory of the machine's. */
export const owns = (tx: Draft, machine: number, layer: DiskLayer): boolean =>
  record(tx, "Datastore", layer.datastore).directories.get(directoryOf(layer.path)) === machine;

/** Counts files in a directory that its machine does not refer to; the last one takes the directory of a machine that is gone along. */
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

/** What the names of a disk's files have in common: `golden/golden`. */
export const stemOf = (path: string): string => path.replace(/(-\d{6,})?\.vmdk$/, "");

/** The path of a delta of a disk by its number: `golden/golden.vmdk`, `golden/golden-000001.vmdk`, ... */
export const deltaPath = (layer: DiskLayer, number: number): string =>
  `${stemOf(layer.path)}-${String(number).padStart(6, "0")}.vmdk`;
