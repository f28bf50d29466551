import { fault, invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { DiskLayer, LooseDisk } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { fileMade } from "../storage/directory.ts";
import { layerBytes } from "../storage/files.ts";
import { baseLayer, layerKey } from "../storage/layers.ts";
import { requireSpace, takeSpace } from "../storage/space.ts";
import { pageBytes } from "../storage/usage.ts";
import { findFile, isRegistered, type StoredFile } from "./catalogue.ts";
import { bottomThick } from "./copy-machine.ts";
import { inInventory, locked } from "./in-use.ts";
import { type FilePlace, fileNotFound } from "./place.ts";
import { exists } from "./target.ts";
import { extentPath } from "./text/descriptor.ts";
import { basesOf, looseOf } from "./unlisted.ts";

/** The largest disk of vSphere, 62 TiB. */
const largest = 62 * 2 ** 40;

/** How the blocks of a disk are given room. */
export interface Provisioning {
  readonly thick: boolean;
  readonly eager: boolean;
}

/** What is to become of a new disk. */
interface NewDisk {
  /** Bytes. */
  readonly capacity: number;
  readonly provisioning: Provisioning;
  readonly adapter: string;
}

/** Throws unless a name is one that a disk can have. */
export function requireDiskName({ path, text }: FilePlace, argument: string): void {
  if (/[^/]\.vmdk$/.test(path) && !/-(flat|delta|sesparse|ctk)\.vmdk$/.test(path)) return;
  throw invalidArgument(argument, `The name of a disk ends in .vmdk, and not as those of its blocks do: ${text}.`);
}

/** Throws unless a capacity is one that a disk can have. In bytes. */
export function requireCapacity(bytes: number, argument: string): void {
  if (Number.isSafeInteger(bytes) && bytes > 0 && bytes <= largest && bytes % 512 === 0) return;
  throw invalidArgument(
    argument,
    `A disk has whole sectors of 512 bytes, from one to 62 TiB; ${bytes} bytes are asked for.`,
  );
}

/** The disk whose descriptor is at a place. Throws FileNotFound, or InvalidDiskFormat for what is no disk. */
export function diskAt(view: View, place: FilePlace): StoredFile & { readonly disk: NonNullable<StoredFile["disk"]> } {
  const file = place.path === "" ? undefined : findFile(view, place.store, place.path);
  if (!file) throw fileNotFound(place.text);
  if (file.disk && file.type === "diskDescriptor") return { ...file, disk: file.disk };
  throw fault("IncorrectFileType", { file: place.text }, `${place.text} is not a virtual disk.`);
}

/** The disk at a place that no machine has, so that it can be changed. Throws FileLocked, naming who has it. */
export function looseAt(view: View, place: FilePlace): LooseDisk {
  const { disk } = diskAt(view, place);
  const found = looseOf(view).get(`${place.store.id}/${place.path}`);
  if (basesOf(view).has(`${place.store.id}/${place.path}`)) throw locked(place.text, "other disks are based on it");
  if (found) return found;
  const { machine } = disk;
  if (!machine) throw locked(place.text, "other disks are based on it");
  throw locked(place.text, isRegistered(view, machine) ? inInventory(machine) : `it belongs to '${machine.name}'`);
}

/** Throws FileLocked while a running machine writes to a disk, and CannotAccessFile when only a chain above shows its bytes. */
function requireReadable(view: View, place: FilePlace, { disk }: StoredFile): void {
  if (!disk) return;
  if (disk.layer !== disk.disk.layer)
    throw fault(
      "CannotAccessFile",
      { file: place.text },
      `${place.text} cannot be read on its own any more: read one of the disks that are based on it.`,
    );
  const { machine, snapshot } = disk;
  if (snapshot || !machine || machine.power !== "poweredOn" || !isRegistered(view, machine)) return;
  // What others are based on is only read, as long as the machine has not gone on to a file of its own.
  if (basesOf(view).has(layerKey(disk.layer))) return;
  throw locked(place.text, inInventory(machine));
}

/** Puts a disk down that nobody has. Its room must be there, and its names free. */
export function addDisk(tx: Draft, place: FilePlace, wanted: NewDisk, from?: { readonly space: number }): LooseDisk {
  const { store, path, text } = place;
  const { capacity, provisioning, adapter } = wanted;
  const thick = provisioning.thick ? capacity : 0;
  const layer: DiskLayer = { ...baseLayer(store.id, path, thick), ...(provisioning.eager ? { eager: true } : {}) };
  const extent = extentPath(layer);
  if (findFile(tx, record(tx, "Datastore", store.id), extent)) throw exists(text, `'${extent}' would be its blocks`);
  takeSpace(tx, store.id, layerBytes(layer), path);
  fileMade(tx, store.id, path);
  const account = thick > 0 ? 0 : diskAccount(tx, store.id);
  if (from && thick === 0) {
    const { mapped } = tx.pages.figures(from.space);
    requireSpace(tx, record(tx, "Datastore", store.id), mapped * pageBytes, path);
  }
  const bytes = Math.ceil(capacity / pageBytes) * pageBytes;
  const space = from
    ? tx.copySpace(from.space, store.id, account)
    : tx.createSpace({ bytes, owner: store.id, account });
  const disk: LooseDisk = { key: 0, space, layer, capacity, adapter };
  tx.loose.set(layerKey(layer), disk);
  return disk;
}

/** Copies a disk, as it is or provisioned in another way; the copy is one file. */
export function copyDisk(
  tx: Draft,
  from: FilePlace,
  to: FilePlace,
  file: StoredFile,
  wanted: Partial<Pick<NewDisk, "provisioning" | "adapter">> = {},
): LooseDisk {
  requireDiskName(to, "destName");
  requireReadable(tx, from, file);
  const { disk } = file;
  if (!disk) throw fileNotFound(from.text);
  const thick = bottomThick(disk);
  return addDisk(
    tx,
    to,
    {
      capacity: disk.about.bytes,
      provisioning: wanted.provisioning ?? { thick, eager: disk.layer.eager === true },
      adapter: wanted.adapter ?? disk.about.adapter ?? "lsiLogic",
    },
    disk.disk,
  );
}
