import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { LooseDisk } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { layerKey } from "../storage/layers.ts";
import { requireSpace, takeSpace } from "../storage/space.ts";
import { pageBytes } from "../storage/usage.ts";
import { aboutLoose } from "./disk-index.ts";
import type { FilePlace } from "./place.ts";
import { looseAt, type Provisioning, requireCapacity } from "./virtual-disk.ts";

const kinds: Readonly<Record<string, Provisioning>> = {
  thin: { thick: false, eager: false },
  preallocated: { thick: true, eager: false },
  thick: { thick: true, eager: false },
  eagerZeroedThick: { thick: true, eager: true },
};
const adapters: ReadonlySet<string> = new Set(["ide", "busLogic", "lsiLogic"]);

/** How a specification wants a disk's blocks to be given room. Formats that only hosted products write are refused. */
export function provisioningOf(spec: vim.VirtualDiskSpec, path: string): Provisioning {
  const kind = Object.hasOwn(kinds, spec.diskType) ? kinds[spec.diskType] : undefined;
  if (kind) return kind;
  throw notSupported(`The disk type '${spec.diskType}' (${path}.diskType)`);
}

export function adapterOf(spec: vim.VirtualDiskSpec, path: string): string {
  if (adapters.has(spec.adapterType)) return spec.adapterType;
  throw invalidArgument(`${path}.adapterType`, `It is ide, busLogic or lsiLogic, not '${spec.adapterType}'.`);
}

/** The capacity that a specification asks for, in bytes. */
export function wantedCapacity(spec: vim.VirtualDiskSpec): number {
  if (!is(spec, "FileBackedVirtualDiskSpec")) throw notSupported(`A disk by a ${spec._typeName ?? "VirtualDiskSpec"}`);
  if (spec.crypto) throw notSupported("An encrypted disk (spec.crypto)");
  const bytes = Number(spec.capacityKb) * 1024;
  requireCapacity(bytes, "spec.capacityKb");
  return bytes;
}

/** Makes a disk larger. What is added is zero. */
export function extendDisk(tx: Draft, place: FilePlace, bytes: number, eager: boolean): void {
  requireCapacity(bytes, "newCapacityKb");
  const disk = looseAt(tx, place);
  const before = aboutLoose(tx, disk).bytes;
  if (bytes <= before)
    throw invalidArgument(
      "newCapacityKb",
      `A disk only becomes larger: it has ${before} bytes, ${bytes} are asked for.`,
    );
  if (disk.layer.parent)
    throw invalidArgument("name", `${place.text} is based on another disk and cannot be extended.`);
  const thick = disk.layer.thick > 0 ? bytes : 0;
  takeSpace(tx, place.store.id, thick - disk.layer.thick, place.path);
  const size = Math.ceil(bytes / pageBytes) * pageBytes;
  const account = thick > 0 ? 0 : diskAccount(tx, place.store.id);
  const space =
    size === tx.pages.figures(disk.space).size ? disk.space : tx.growSpace(disk.space, size, place.store.id, account);
  put(tx, {
    ...disk,
    space,
    capacity: bytes,
    layer: { ...disk.layer, thick, ...(eager && thick > 0 ? { eager } : {}) },
  });
}

/** A thin disk becomes thick: the room of all its blocks is taken, its bytes stay. */
export function inflateDisk(tx: Draft, place: FilePlace): void {
  const disk = looseAt(tx, place);
  if (disk.layer.thick > 0) throw invalidArgument("name", `${place.text} is not thin: there is nothing to inflate.`);
  if (disk.layer.parent)
    throw invalidArgument("name", `${place.text} is based on another disk and cannot be inflated.`);
  const { bytes } = aboutLoose(tx, disk);
  const { mapped } = tx.pages.figures(disk.space);
  // Its blocks so far are given back only with the transaction: they must not count twice.
  requireSpace(tx, record(tx, "Datastore", place.store.id), Math.max(0, bytes - mapped * pageBytes), place.path);
  tx.change("Datastore", place.store.id, ({ fileBytes }) => ({ fileBytes: fileBytes + bytes }));
  const space = tx.copySpace(disk.space, place.store.id, 0);
  tx.dropSpace(disk.space);
  put(tx, { ...disk, space, layer: { ...disk.layer, thick: bytes, eager: true } });
}

/** All blocks of a thick disk are written with zeros that were not yet; what is in others stays. */
export function eagerZero(tx: Draft, place: FilePlace): void {
  const disk = looseAt(tx, place);
  if (disk.layer.thick === 0) throw invalidArgument("name", `${place.text} is thin: inflate it instead.`);
  put(tx, { ...disk, layer: { ...disk.layer, eager: true } });
}

/** Overwrites a disk with zeros: what was on it is lost. */
export function zeroFill(tx: Draft, place: FilePlace): void {
  const disk = looseAt(tx, place);
  const { size } = tx.pages.figures(disk.space);
  const account = disk.layer.thick > 0 ? 0 : diskAccount(tx, place.store.id);
  const space = tx.createSpace({ bytes: size, owner: place.store.id, account });
  tx.dropSpace(disk.space);
  put(tx, { ...disk, space, layer: disk.layer.thick > 0 ? { ...disk.layer, eager: true } : disk.layer });
}

/** Gives a disk that nobody has a UUID. */
export function setUuid(tx: Draft, place: FilePlace, text: string): void {
  const digits = text.toLowerCase().replace(/[\s-]/g, "");
  if (!/^[0-9a-f]{32}$/.test(digits) || !/^[0-9a-f\s-]*$/i.test(text))
    throw invalidArgument("uuid", `'${text.slice(0, 80)}' is not a UUID: 32 hexadecimal digits.`);
  const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  put(tx, { ...looseAt(tx, place), uuid });
}

/** Throws unless a disk can be worked on: what shrinking and defragmenting do, its blocks have no need of. */
export const requireWorkable = (view: View, place: FilePlace): void => void looseAt(view, place);

const put = (tx: Draft, disk: LooseDisk) => tx.loose.set(layerKey(disk.layer), disk);
