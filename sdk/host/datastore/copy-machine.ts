import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { diskAccount, memoryAccount } from "../storage/accounts.ts";
import { fileMade, setFilesIn } from "../storage/directory.ts";
import { homeBytes, layerBytes } from "../storage/files.ts";
import { stemOf } from "../storage/home.ts";
import { baseLayer } from "../storage/layers.ts";
import { baseNameOf } from "../storage/path.ts";
import { requireSpace, takeSpace } from "../storage/space.ts";
import { pageBytes } from "../storage/usage.ts";
import { unregisteredKey } from "./loose.ts";
import type { FilePlace } from "./place.ts";

/**
 * Copies the files of a machine that does not run to another directory, as a machine that is not in the inventory: it can be
 * registered there. Each of its disks becomes one file; snapshots stay behind.
 */
export function copyMachine(tx: Draft, machine: MachineRecord, to: FilePlace): MachineRecord {
  const id = tx.nextId++;
  const datastore = to.store.id;
  const directory = to.path;
  const files = stemOf(machine);
  const { stem: _, snapshots: _snapshots, uuid: _uuid, instanceUuid: _instance, ...rest } = machine;
  const account = machine.memory === 0 ? 0 : memoryAccount(tx, machine.host, datastore, machine.forked);
  const copy: MachineRecord = {
    ...rest,
    id,
    datastore,
    directory,
    ...(files === baseNameOf(directory) ? {} : { stem: files }),
    memory: machine.memory === 0 ? 0 : tx.forkSpace(machine.memory, id, account),
    uuid: undefined,
    instanceUuid: undefined,
    snapshots: undefined,
    created: tx.now,
    source: machine.id,
    disks: [],
  };
  takeSpace(tx, datastore, homeBytes(copy), `${directory}/${files}.vmx`);
  tx.change("Datastore", datastore, ({ directories }) => ({ directories: directories.set(directory, id) }));
  setFilesIn(tx, datastore, directory, 0);
  const disks = machine.disks.map((disk, index) => copyOf(tx, copy, disk, index, files));
  const whole = { ...copy, disks, deltas: 0 };
  tx.unregistered.set(unregisteredKey(whole), whole);
  return whole;
}

function copyOf(tx: Draft, copy: MachineRecord, disk: MachineDisk, index: number, stem: string): MachineDisk {
  const { id, datastore, directory } = copy;
  const thick = bottomThick(disk) ? tx.pages.figures(disk.space).size : 0;
  const layer = baseLayer(datastore, `${directory}/${stem}${index === 0 ? "" : `_${index}`}.vmdk`, thick);
  takeSpace(tx, datastore, layerBytes(layer), layer.path);
  if (thick === 0)
    requireSpace(tx, record(tx, "Datastore", datastore), tx.pages.figures(disk.space).mapped * pageBytes, layer.path);
  fileMade(tx, datastore, layer.path);
  const space = tx.copySpace(disk.space, id, thick > 0 ? 0 : diskAccount(tx, datastore));
  return { key: disk.key, space, layer, ...(disk.uuid === undefined ? {} : { uuid: disk.uuid }) };
}

/** A copy is as thick as the lowest file of what it is made from. */
export function bottomThick({ layer }: Pick<MachineDisk, "layer">): boolean {
  let at = layer;
  while (at.parent) at = at.parent;
  return at.thick > 0;
}
