import { deviceOf, isDisk } from "../machine/devices.ts";
import type { DiskLayer, LooseDisk, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { DatastoreRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { chainOf } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { diskUuid, looseUuid } from "./disk-identity.ts";
import type { AboutDisk } from "./machine-files.ts";
import { snapshotsOf } from "./snapshots-of.ts";
import { basesOf, looseOf, unregisteredOf } from "./unlisted.ts";

/** A disk file on a datastore, and a disk through which it is seen. */
export interface IndexedDisk {
  readonly layer: DiskLayer;
  /** A disk that has the file in its chain; where there is one, that has it on top. */
  readonly disk: MachineDisk;
  readonly about: AboutDisk;
  /** The machine whose disk that is, in the inventory or not; undefined for a disk that nobody has. */
  readonly machine: MachineRecord | undefined;
  /** It belongs to a snapshot: nobody writes to it. */
  readonly snapshot: boolean;
}

/** The size of a disk in bytes, as its device says. */
function capacityOf(machine: MachineRecord, key: number): number {
  const device = deviceOf(machine, key);
  return device && isDisk(device) ? Number(device.capacityInBytes ?? Number(device.capacityInKB) * 1024) : 0;
}

/** What a disk that nobody has is. */
export const aboutLoose = (view: Pick<View, "seed" | "pages">, disk: LooseDisk): AboutDisk => ({
  bytes: disk.capacity ?? view.pages.figures(disk.space).size,
  uuid: looseUuid(view.seed, disk),
  adapter: disk.adapter,
});

/** Disk files by path, put together from those who have them. */
export class DiskIndex {
  readonly #view: View;
  readonly #datastore: number;
  readonly #found = new Map<string, IndexedDisk>();
  readonly #seen = new Set<DiskLayer>();

  constructor(view: View, datastore: number) {
    this.#view = view;
    this.#datastore = datastore;
  }

  /** All disk files of a datastore. */
  static of(view: View, store: DatastoreRecord): DiskIndex {
    const index = new DiskIndex(view, store.id);
    for (const id of store.vms.keys()) {
      const machine = view.object(id);
      if (machine?.kind === "VirtualMachine") index.addMachine(machine);
    }
    index.#addUnlisted();
    return index;
  }

  /**
   * The disk files in one directory. Those of the machine whose directory it is are found at once; only where there are more, all
   * machines of the datastore are asked.
   */
  static ofDirectory(view: View, store: DatastoreRecord, directory: string): DiskIndex {
    const owner = store.directories.get(directory);
    const index = new DiskIndex(view, store.id);
    if (owner === undefined) return index;
    const machine = view.object(owner);
    if (machine?.kind === "VirtualMachine") index.addMachine(machine);
    index.#addUnlisted();
    const all = basesOf(view).get(`${store.id}/${directory}/`) ?? 1;
    let found = 0;
    for (const path of index.#found.keys()) if (directoryOf(path) === directory) found++;
    return found >= all ? index : DiskIndex.of(view, store);
  }

  get(path: string): IndexedDisk | undefined {
    return this.#found.get(path);
  }

  /** The disk files by their directory. */
  byDirectory(): ReadonlyMap<string, readonly IndexedDisk[]> {
    const lists = new Map<string, IndexedDisk[]>();
    for (const [path, disk] of this.#found) {
      const directory = directoryOf(path);
      const list = lists.get(directory);
      if (list) list.push(disk);
      else lists.set(directory, [disk]);
    }
    return lists;
  }

  addMachine(machine: MachineRecord): void {
    for (const disk of machine.disks) this.#addOf(machine, disk, false);
    for (const { machine: then } of snapshotsOf(machine, this.#view))
      for (const disk of then.disks) this.#addOf({ ...then, id: machine.id }, disk, true);
  }

  /** Disks that no machine has, and those of machines that are not in the inventory. */
  #addUnlisted(): void {
    for (const disk of looseOf(this.#view).values()) this.#add(disk, undefined, aboutLoose(this.#view, disk), false);
    for (const machine of unregisteredOf(this.#view).values()) this.addMachine(machine);
  }

  #addOf(machine: MachineRecord, disk: MachineDisk, snapshot: boolean): void {
    const about = { bytes: capacityOf(machine, disk.key), uuid: diskUuid(this.#view.seed, machine, disk) };
    this.#add(disk, machine, about, snapshot);
  }

  #add(disk: MachineDisk, machine: MachineRecord | undefined, about: AboutDisk, snapshot: boolean): void {
    for (const layer of chainOf(disk.layer)) {
      // What is below a file that was seen was seen then.
      if (layer !== disk.layer && this.#seen.has(layer)) return;
      this.#seen.add(layer);
      if (layer.datastore !== this.#datastore) continue;
      const known = this.#found.get(layer.path);
      const top = layer === disk.layer;
      if (!known || (top && (known.layer !== known.disk.layer || known.snapshot)))
        this.#found.set(layer.path, { layer, disk, about, machine, snapshot });
    }
  }
}
