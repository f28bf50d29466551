import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { directoryOn } from "../storage/directory.ts";
import { layerBytes } from "../storage/files.ts";
import { baseLayer, chainOf, hasLeft, layerKey, leaveBehind, stemOf, takeBack, unrefer } from "../storage/layers.ts";
import { directoryOf, formatPath, parsePath } from "../storage/path.ts";
import { takeSpace } from "../storage/space.ts";
import { deviceFault } from "./device-fault.ts";
import type { DiskChange } from "./disk-change.ts";
import { datastoreNamed } from "./reach.ts";
import { topsOf } from "./tops.ts";

const pageBytes = 4096;
/** An address space has whole pages; what lies beyond a disk's last sector is never reached. */
export const spaceBytes = (bytes: number): number => Math.ceil(bytes / pageBytes) * pageBytes;

/** Does to files what a list of device changes asks for. Returns the machine's disks as they are then. */
export function changeDisks(tx: Draft, machine: MachineRecord, changes: readonly DiskChange[]): readonly MachineDisk[] {
  let disks = machine.disks;
  for (const change of changes) disks = changeDisk(tx, { ...machine, disks }, change);
  return disks;
}

function changeDisk(tx: Draft, machine: MachineRecord, change: DiskChange): readonly MachineDisk[] {
  const { disks } = machine;
  switch (change.kind) {
    case "create":
      return [...disks, createDisk(tx, machine, change)];
    case "attach":
      return [...disks, attachDisk(tx, machine, change)];
    case "grow":
      return disks.map((disk) => (disk.key === change.key ? growDisk(tx, machine, disk, change) : disk));
    case "remove": {
      const rest = disks.filter(({ key }) => key !== change.key);
      const gone = disks.filter(({ key }) => key === change.key);
      dropDisks(tx, { ...machine, disks: rest }, gone, change.destroy);
      return rest;
    }
  }
}

type Change<K extends DiskChange["kind"]> = Extract<DiskChange, { readonly kind: K }>;

function createDisk(
  tx: Draft,
  machine: MachineRecord,
  { key, bytes, thick, fileName, at }: Change<"create">,
): MachineDisk {
  const wanted = fileName === "" ? undefined : parsePath(fileName);
  const host = record(tx, "HostSystem", machine.host);
  const datastore = wanted ? datastoreNamed(tx, host, wanted.datastore).id : machine.datastore;
  const directory = directoryOn(tx, machine, datastore);
  if (wanted?.path && directoryOf(wanted.path) !== directory)
    throw deviceFault(
      "InvalidDeviceBacking",
      at,
      "device.backing.fileName",
      `A new disk goes into the machine's own directory '${directory}'; leave the path out.`,
    );
  const path = wanted?.path || freePath(tx, machine, datastore, directory);
  const layer = baseLayer(datastore, path, thick);
  if (machine.disks.some((disk) => layerKey(disk.layer) === layerKey(layer)) || tx.loose.has(layerKey(layer)))
    throw fault("FileAlreadyExists", { file: path }, `The file '${fileName}' exists already. Choose another name.`);
  takeSpace(tx, datastore, layerBytes(layer), path);
  const account = thick > 0 ? 0 : diskAccount(tx, datastore);
  return { key, space: tx.createSpace({ bytes: spaceBytes(bytes), owner: machine.id, account }), layer };
}

/** `vm/vm.vmdk`, `vm/vm_1.vmdk`, ... */
function freePath(tx: Draft, machine: MachineRecord, datastore: number, directory: string): string {
  const taken = new Set<string>();
  for (const { layer } of machine.disks)
    for (const file of chainOf(layer)) if (file.datastore === datastore) taken.add(stemOf(file.path));
  // Files that only others still know of are not listed anywhere: numbers that were never given out stay clear of them.
  let n = hasLeft(tx, datastore, directory) ? 100 + machine.changes : 0;
  const stem = () => `${directory}/${directory}${n === 0 ? "" : `_${n}`}`;
  while (taken.has(stem()) || tx.loose.has(`${datastore}/${stem()}.vmdk`)) n++;
  return `${stem()}.vmdk`;
}

/** Takes a disk that lies on a datastore and that no machine has. */
function attachDisk(tx: Draft, machine: MachineRecord, { key, fileName, at }: Change<"attach">): MachineDisk {
  const wanted = parsePath(fileName);
  const datastore = datastoreNamed(tx, record(tx, "HostSystem", machine.host), wanted.datastore);
  const id = `${datastore.id}/${wanted.path}`;
  const found = tx.loose.get(id);
  if (!found)
    throw fault(
      "FileNotFound",
      { file: formatPath(datastore.name, wanted.path) },
      `There is no disk '${fileName}' that could be added (${at.list}[${at.index}]).`,
    );
  tx.loose.delete(id);
  const account = found.layer.thick > 0 ? 0 : diskAccount(tx, datastore.id);
  tx.dropSpace(found.space);
  takeBack(tx, machine.id, found.layer, topsOf(tx, machine));
  return { ...found, key, space: tx.forkSpace(found.space, machine.id, account) };
}

function growDisk(tx: Draft, machine: MachineRecord, disk: MachineDisk, { bytes, at }: Change<"grow">): MachineDisk {
  const { layer } = disk;
  if (layer.parent || tx.bases.has(layerKey(layer)))
    throw deviceFault(
      "InvalidDeviceOperation",
      at,
      "device.capacityInKB",
      "A disk that is based on another, or that others are based on, cannot be extended.",
      { badOp: "edit" },
    );
  const thick = layer.thick > 0 ? bytes : 0;
  takeSpace(tx, layer.datastore, thick - layer.thick, layer.path);
  const account = thick > 0 ? 0 : diskAccount(tx, layer.datastore);
  const space = tx.growSpace(disk.space, spaceBytes(bytes), machine.id, account);
  return { ...disk, space, layer: { ...layer, thick } };
}

/**
 * Takes disks from a machine, of which `rest` is left. Unless they are destroyed, they stay on their datastores and can be added
 * to a machine again.
 */
export function dropDisks(tx: Draft, rest: MachineRecord, disks: readonly MachineDisk[], destroy: boolean): void {
  const tops = disks.map(({ layer }) => layer);
  const kept = topsOf(tx, rest);
  if (destroy) {
    for (const { space } of disks) tx.dropSpace(space);
    unrefer(tx, rest.id, tops, kept);
    return;
  }
  for (const disk of disks) tx.loose.set(layerKey(disk.layer), disk);
  leaveBehind(tx, rest.id, tops, kept);
}
