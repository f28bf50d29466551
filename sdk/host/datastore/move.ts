import type { Doer } from "../machine/create.ts";
import type { Draft } from "../state/draft.ts";
import { emptyFolder, type FileNode } from "../state/file-record.ts";
import type { DiskLayer, LooseDisk, MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { dropDirectory, fileGone, fileMade, setFilesIn } from "../storage/directory.ts";
import { stemOf } from "../storage/home.ts";
import { chainOf, layerKey } from "../storage/layers.ts";
import { baseNameOf, directoryOf, isWithin } from "../storage/path.ts";
import { nodeAt } from "../storage/tree.ts";
import { announce } from "./announce.ts";
import { copyAt } from "./copy.ts";
import { deleteFile, requireNoMachine } from "./delete.ts";
import { locked, requireFree, requireNoDrive } from "./in-use.ts";
import { looseBelow, unregisteredBelow, unregisteredKey } from "./loose.ts";
import type { FilePlace } from "./place.ts";
import { clearTarget, sourceAt } from "./target.ts";
import { setNode } from "./user-file.ts";
import { requireDiskName } from "./virtual-disk.ts";

/**
 * Moves a file, or a directory with all that is in it: also that of a machine that is not in the inventory, which can then be
 * registered where it is. To another datastore disks are copied, and become one file each.
 */
export function moveFile(tx: Draft, by: Doer, from: FilePlace, to: FilePlace, force: boolean): void {
  const file = sourceAt(tx, from);
  const { type, disk, machine, node } = file;
  if (type === "folder") {
    requireNoMachine(tx, from);
    requireNoDrive(tx, from.store.name, from.path, true);
  } else requireFree(tx, from, file);
  clearTarget(tx, by, to, force, from);
  const movable = type === "folder" || (node !== undefined && !machine) || (type === "diskDescriptor" && !machine);
  if (!movable) throw locked(from.text, `it belongs to '${machine?.name ?? "a disk"}', and moves with its directory`);
  if (disk) requireDiskName(to, "destinationName");
  if (from.store.id === to.store.id) new Move(tx, from, to, type === "folder").run();
  else {
    copyAt(tx, from, to, file);
    deleteFile(tx, by, from, "any");
  }
  announce(tx, by, "DatastoreFileMovedEvent", to, from);
}

/** A move within one datastore: names change, nothing is copied. */
class Move {
  readonly #tx: Draft;
  readonly #from: FilePlace;
  readonly #to: FilePlace;
  readonly #folder: boolean;
  readonly #renamed = new Map<DiskLayer, DiskLayer>();
  /** The disk files that move, each once. */
  readonly #moving: DiskLayer[] = [];

  constructor(tx: Draft, from: FilePlace, to: FilePlace, folder: boolean) {
    this.#tx = tx;
    this.#folder = folder;
    this.#from = from;
    this.#to = to;
  }

  run(): void {
    const tx = this.#tx;
    const { store, path, text } = this.#from;
    const loose = looseBelow(tx, store.id, path);
    const machines = unregisteredBelow(tx, store.id, path);
    const node = nodeAt(record(tx, "Datastore", store.id).files, path);
    setNode(tx, store.id, path, undefined);
    this.#requireAlone([...loose, ...machines.flatMap(({ disks }) => disks)]);
    for (const machine of machines) this.#leave(machine);
    for (const disk of loose) tx.loose.delete(layerKey(disk.layer));
    for (const layer of this.#moving) {
      this.#renameReferences(layer);
      fileGone(tx, store.id, layer.path);
    }
    for (const { directory } of machines) dropDirectory(tx, store.id, directory);
    this.#place(node);
    for (const machine of machines) this.#enter(machine);
    for (const layer of this.#moving) fileMade(tx, store.id, this.#path(layer.path));
    for (const disk of loose) {
      const moved: LooseDisk = { ...disk, layer: this.#layer(disk.layer) };
      tx.loose.set(layerKey(moved.layer), moved);
    }
    for (const directory of record(tx, "Datastore", store.id).directories.keys())
      if (isWithin(directory, path) && directory !== "") throw locked(text, "other disks are based on one in it");
  }

  #path(path: string): string {
    return isWithin(path, this.#from.path) ? `${this.#to.path}${path.slice(this.#from.path.length)}` : path;
  }

  /** Throws FileLocked when somebody else refers to a file that moves: it would lose it. */
  #requireAlone(disks: readonly LooseDisk[]): void {
    const references = new Map<string, number>();
    const count = (layer: DiskLayer) => {
      const key = layerKey(layer);
      references.set(key, (references.get(key) ?? 0) + 1);
    };
    const seen = new Set<string>();
    for (const { layer: top } of disks) {
      count(top);
      for (const layer of chainOf(top)) {
        if (seen.has(layerKey(layer))) break;
        seen.add(layerKey(layer));
        if (this.#moves(layer)) this.#moving.push(layer);
        if (layer.parent) count(layer.parent);
      }
    }
    for (const layer of this.#moving)
      if ((this.#tx.bases.get(layerKey(layer)) ?? 1) !== references.get(layerKey(layer)))
        throw locked(this.#from.text, "other disks are based on it");
  }

  #moves({ datastore, path }: DiskLayer): boolean {
    return datastore === this.#from.store.id && isWithin(path, this.#from.path);
  }

  /** How many refer to a file goes with its name. */
  #renameReferences(layer: DiskLayer): void {
    const { bases } = this.#tx;
    const references = bases.get(layerKey(layer));
    if (references === undefined) return;
    bases.delete(layerKey(layer));
    bases.set(`${layer.datastore}/${this.#path(layer.path)}`, references);
  }

  /** A file with the path that it has after the move, and what it is based on likewise. */
  #layer(layer: DiskLayer): DiskLayer {
    const known = this.#renamed.get(layer);
    if (known) return known;
    const parent = layer.parent && this.#layer(layer.parent);
    const moved =
      this.#moves(layer) || parent !== layer.parent ? { ...layer, path: this.#path(layer.path), parent } : layer;
    this.#renamed.set(layer, moved);
    return moved;
  }

  /** What lies deeper than the top is known to the users' tree, also where it is a machine's. */
  #place(node: FileNode | undefined): void {
    const { store, path } = this.#to;
    if (node) setNode(this.#tx, store.id, path, node);
    else if (this.#folder && directoryOf(path) !== "") setNode(this.#tx, store.id, path, emptyFolder(this.#tx.now));
  }

  #leave(machine: MachineRecord): void {
    this.#tx.unregistered.delete(unregisteredKey(machine));
  }

  #enter(machine: MachineRecord): void {
    const tx = this.#tx;
    const directory = this.#path(machine.directory);
    const files = stemOf(machine);
    const { stem: _, ...rest } = machine;
    const moved: MachineRecord = {
      ...rest,
      directory,
      ...(files === baseNameOf(directory) ? {} : { stem: files }),
      disks: machine.disks.map((disk) => ({ ...disk, layer: this.#layer(disk.layer) })),
    };
    tx.change("Datastore", machine.datastore, ({ directories }) => ({
      directories: directories.set(directory, machine.id),
    }));
    setFilesIn(tx, machine.datastore, directory, 0);
    tx.unregistered.set(unregisteredKey(moved), moved);
  }
}
