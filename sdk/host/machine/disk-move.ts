import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { chainOf, layerKey, refer } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { requireSpace } from "../storage/space.ts";
import type { DiskFiles } from "./disk-files.ts";
import type { DiskFormat, DiskTarget } from "./disk-target.ts";
import { snapshotsOf } from "./tops.ts";

const pageBytes = 4096;

/** A disk that was moved: what it was, and what it is. They are the same where nothing had to be done. */
export interface MovedDisk {
  readonly before: MachineDisk;
  readonly after: MachineDisk;
}

/**
 * Makes the files and the bytes of a disk somewhere else, as it is in a machine and in the snapshots that go along. What these have
 * in common they share there too. What was there before is left for the caller to drop. With `fresh`, the topmost file is
 * another's and is copied in any case.
 */
export function moveDisk(
  tx: Draft,
  files: DiskFiles,
  owner: number,
  disks: readonly MachineDisk[],
  target: DiskTarget,
  fresh: boolean,
): readonly MovedDisk[] {
  const mover = new Mover(tx, files, owner, target, fresh);
  // A file's bytes come before those of the files above it.
  const order = [...disks].sort((a, b) => a.layer.depth - b.layer.depth);
  const moved = new Map(order.map((disk) => [disk, mover.move(disk)]));
  return disks.map((before) => ({ before, after: moved.get(before) ?? before }));
}

class Mover {
  readonly #tx: Draft;
  readonly #files: DiskFiles;
  readonly #owner: number;
  readonly #target: DiskTarget;
  readonly #fresh: boolean;
  /** Files by the keys of those that they stand for. */
  readonly #copies = new Map<string, DiskLayer>();
  /** Bytes, by the topmost file that they were under. */
  readonly #spaces = new Map<string, { readonly from: number; readonly to: number }>();

  constructor(tx: Draft, files: DiskFiles, owner: number, target: DiskTarget, fresh: boolean) {
    this.#tx = tx;
    this.#files = files;
    this.#owner = owner;
    this.#target = target;
    this.#fresh = fresh;
  }

  move(disk: MachineDisk): MachineDisk {
    const layer = this.#top(disk);
    if (layer === disk.layer) return disk;
    const space = this.#spaceOf(disk, layer);
    this.#spaces.set(layerKey(disk.layer), { from: disk.space, to: space });
    // A copy for another machine is another disk; one that only moves stays what it is.
    const { undo: _undo, uuid, ...rest } = disk;
    return { ...rest, ...(uuid === undefined || this.#fresh ? {} : { uuid }), space, layer };
  }

  #top({ layer, space }: MachineDisk): DiskLayer {
    const { datastore, move, format } = this.#target;
    const { size } = this.#tx.pages.figures(space);
    if (move === "createNewChildDiskBacking") return this.#files.delta(datastore, this.#held(layer));
    if (move === "moveAllDiskBackingsAndConsolidate") {
      const settled = layer.parent === undefined && layer.datastore === datastore && fits(layer, format);
      return settled && !this.#fresh ? layer : this.#files.base(datastore, size, format ?? formatOf(layer));
    }
    if (!this.#fresh && this.#stays(layer)) return layer;
    return this.#copy(layer, size, true);
  }

  /** True when nothing of a disk has to move: all of it is there already, as it should be. */
  #stays(layer: DiskLayer): boolean {
    const { datastore, move, format } = this.#target;
    if (move === "moveChildMostDiskBacking") return layer.datastore === datastore;
    for (const at of chainOf(layer)) if (at.datastore !== datastore || (!at.parent && !fits(at, format))) return false;
    return true;
  }

  /** The file that stands for another, and those below it. */
  #copy(layer: DiskLayer, size: number, top: boolean): DiskLayer {
    const known = this.#copies.get(layerKey(layer));
    if (known) return this.#held(known);
    const { datastore, move, format } = this.#target;
    if (!top && this.#shares(layer)) return this.#held(layer);
    const copy = layer.parent
      ? this.#files.delta(
          datastore,
          move === "moveChildMostDiskBacking" ? this.#held(layer.parent) : this.#copy(layer.parent, size, false),
        )
      : this.#files.base(datastore, size, format ?? formatOf(layer));
    const made = layer.blocks === undefined ? copy : { ...copy, blocks: layer.blocks };
    this.#copies.set(layerKey(layer), made);
    return made;
  }

  /** Files that are only read may be used where they are, if that is where the disk goes. */
  #shares(layer: DiskLayer): boolean {
    if (this.#target.move !== "moveAllDiskBackingsAndAllowSharing") return false;
    for (const at of chainOf(layer)) if (at.datastore !== this.#target.datastore) return false;
    return true;
  }

  #held(layer: DiskLayer): DiskLayer {
    refer(this.#tx, layer);
    return layer;
  }

  /** The bytes under a new topmost file: shared where its files are, copied where they are. */
  #spaceOf(disk: MachineDisk, layer: DiskLayer): number {
    const tx = this.#tx;
    const account = layer.thick > 0 ? 0 : diskAccount(tx, layer.datastore);
    const kept = new Set([...chainOf(layer)].map(layerKey));
    for (const at of chainOf(disk.layer)) {
      const done = this.#spaces.get(layerKey(at));
      if (done) return this.#above(done.to, done.from, disk.space, account);
      if (!kept.has(layerKey(at))) continue;
      if (at === disk.layer) return tx.forkSpace(disk.space, this.#owner, account);
      const below = contentOf(tx, at);
      return below === undefined
        ? tx.splitSpace(disk.space, this.#owner, account)
        : this.#above(below, below, disk.space, account);
    }
    return this.#whole(disk, layer, account);
  }

  #whole(disk: MachineDisk, layer: DiskLayer, account: number): number {
    const tx = this.#tx;
    if (account !== 0) {
      const { mapped } = tx.pages.figures(disk.space);
      requireSpace(tx, record(tx, "Datastore", layer.datastore), mapped * pageBytes, layer.path);
    }
    // The bytes of a thick file are charged to nobody, those of the deltas above it are.
    const thick = layer.parent && bottomOf(layer).thick > 0 ? contentOf(tx, bottomOf(disk.layer)) : undefined;
    if (thick === undefined) return tx.copySpace(disk.space, this.#owner, account);
    const base = tx.copySpace(thick, this.#owner, 0);
    tx.dropSpace(base);
    return this.#above(base, thick, disk.space, account);
  }

  /** A fork of bytes with what differs between their original and a third: written anew, and charged. */
  #above(base: number, original: number, wanted: number, account: number): number {
    const { pages } = this.#tx;
    const space = this.#tx.forkSpace(base, this.#owner, account);
    for (const { address, length } of [...pages.differences(original, wanted)])
      for (let at = address; at < address + length; at += chunk) {
        const size = Math.min(chunk, address + length - at);
        pages.write(space, at, pages.read(wanted, at, size));
      }
    return space;
  }
}

/** Bytes that are copied at a time. */
const chunk = 2 ** 20;

export function bottomOf(layer: DiskLayer): DiskLayer {
  let at = layer;
  while (at.parent) at = at.parent;
  return at;
}

const formatOf = (layer: DiskLayer): DiskFormat => {
  const { thick, eager = false } = bottomOf(layer);
  return { thin: thick === 0, eager };
};

const fits = (layer: DiskLayer, format: DiskFormat | undefined): boolean =>
  format === undefined || (format.thin === (layer.thick === 0) && format.eager === (layer.eager ?? false));

/**
 * The bytes of a disk up to a file that others are based on, where somebody still has just these: the machine in whose directory
 * it lies, or a snapshot of that.
 */
function contentOf(tx: Draft, layer: DiskLayer): number | undefined {
  const { directories } = record(tx, "Datastore", layer.datastore);
  const holder = tx.object(directories.get(directoryOf(layer.path)) ?? 0);
  if (holder?.kind !== "VirtualMachine") return undefined;
  const key = layerKey(layer);
  const among = ({ disks }: MachineRecord): number | undefined => {
    for (const disk of disks) {
      if (layerKey(disk.layer) === key) return disk.space;
      if (disk.undo && layerKey(disk.undo.layer) === key) return disk.undo.space;
    }
    return undefined;
  };
  const own = among(holder);
  if (own !== undefined) return own;
  for (const snapshot of snapshotsOf(tx, holder)) {
    const found = among(snapshot.machine);
    if (found !== undefined) return found;
  }
  return undefined;
}
