import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { record } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { fileMade } from "../storage/directory.ts";
import { layerBytes } from "../storage/files.ts";
import { baseLayer, chainOf, layerKey, unrefer } from "../storage/layers.ts";
import { baseNameOf, directoryOf, formatPath, parsePath } from "../storage/path.ts";
import { takeSpace } from "../storage/space.ts";
import { nodeAt } from "../storage/tree.ts";
import { deviceFault } from "./device-fault.ts";
import { directoryOn, pathsIn } from "./directories.ts";
import type { DiskChange } from "./disk-change.ts";
import { datastoreNamed } from "./reach.ts";
import { withoutRedo } from "./redo.ts";
import { topsOf } from "./tops.ts";

const pageBytes = 4096;
/** An address space has whole pages; what lies beyond a disk's last sector is never reached. */
const spaceBytes = (bytes: number): number => Math.ceil(bytes / pageBytes) * pageBytes;

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
      dropDisks(tx, gone, change.destroy);
      return rest;
    }
  }
}

type Change<K extends DiskChange["kind"]> = Extract<DiskChange, { readonly kind: K }>;

function createDisk(
  tx: Draft,
  machine: MachineRecord,
  { key, bytes, thick, eager, fileName, at }: Change<"create">,
): MachineDisk {
  const wanted = fileName === "" ? undefined : parsePath(fileName);
  const host = record(tx, "HostSystem", machine.host);
  const datastore = wanted ? datastoreNamed(tx, host, wanted.datastore).id : machine.datastore;
  const { files } = record(tx, "Datastore", datastore);
  const shared = wanted?.path ? nodeAt(files, directoryOf(wanted.path)) : undefined;
  const directory =
    wanted && shared?.kind === "folder" ? directoryOf(wanted.path) : directoryOn(tx, machine, datastore);
  if (wanted?.path && directoryOf(wanted.path) !== directory)
    throw deviceFault(
      "InvalidDeviceBacking",
      at,
      "device.backing.fileName",
      `A new disk goes into the machine's own directory '${directory}', or into one that was made for disks; leave the path out.`,
    );
  const taken = pathsIn(tx, machine, datastore, directory);
  const path = wanted?.path || freePath(taken, directory);
  if (taken.has(path) || nodeAt(files, path))
    throw fault("FileAlreadyExists", { file: fileName }, `The file '${fileName}' exists already. Choose another name.`);
  const plain = baseLayer(datastore, path, thick);
  const layer = eager ? { ...plain, eager } : plain;
  takeSpace(tx, datastore, layerBytes(layer), path);
  fileMade(tx, datastore, path);
  const account = thick > 0 ? 0 : diskAccount(tx, datastore);
  return { key, space: tx.createSpace({ bytes: spaceBytes(bytes), owner: machine.id, account }), layer };
}

/** `vm/vm.vmdk`, `vm/vm_1.vmdk`, ... */
function freePath(taken: ReadonlySet<string>, directory: string): string {
  const stems = new Set([...taken].map((path) => path.replace(/(-\d{6,})?\.vmdk$/, "")));
  const first = `${directory}/${baseNameOf(directory)}`;
  let stem = first;
  for (let n = 1; stems.has(stem); n++) stem = `${first}_${n}`;
  return `${stem}.vmdk`;
}

/** Takes a disk that lies on a datastore and that no machine has. */
function attachDisk(tx: Draft, machine: MachineRecord, { key, fileName, at }: Change<"attach">): MachineDisk {
  const wanted = parsePath(fileName);
  const datastore = datastoreNamed(tx, record(tx, "HostSystem", machine.host), wanted.datastore);
  const id = `${datastore.id}/${wanted.path}`;
  const found = tx.loose.get(id);
  if (!found) requireUnlocked(tx, datastore, wanted.path);
  if (!found)
    throw fault(
      "FileNotFound",
      { file: formatPath(datastore.name, wanted.path) },
      `There is no disk '${fileName}' that could be added (${at.list}[${at.index}]).`,
    );
  tx.loose.delete(id);
  const account = found.layer.thick > 0 ? 0 : diskAccount(tx, datastore.id);
  tx.dropSpace(found.space);
  const { capacity: _capacity, adapter: _adapter, ...disk } = found;
  return { ...disk, key, space: tx.forkSpace(found.space, machine.id, account) };
}

/** A file that a machine runs on, or that others are based on, is locked by it. */
function requireUnlocked(tx: Draft, { id, name, vms }: DatastoreRecord, path: string): void {
  for (const vm of vms.keys()) {
    const holder = record(tx, "VirtualMachine", vm);
    for (const top of topsOf(tx, holder))
      for (const layer of chainOf(top))
        if (layer.path === path && layer.datastore === id)
          throw fault(
            "FileLocked",
            { file: formatPath(name, path) },
            `The file '${formatPath(name, path)}' is in use by '${holder.name}'. Take the disk from that machine first.`,
          );
  }
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
 * Takes disks from a machine. Unless they are destroyed, they stay on their datastores and can be added to a machine again. What was
 * written to one that keeps nothing is gone in any case.
 */
export function dropDisks(tx: Draft, disks: readonly MachineDisk[], destroy: boolean): void {
  const kept = disks.map((disk) => withoutRedo(tx, disk));
  for (const disk of kept)
    if (destroy) tx.dropSpace(disk.space);
    else tx.loose.set(layerKey(disk.layer), disk);
  if (destroy)
    unrefer(
      tx,
      kept.map(({ layer }) => layer),
    );
}
