import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record } from "../state/view.ts";
import { isBase, removeFile, unrefer } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { dropSnapshot } from "./snapshot-drop.ts";

/** Removes a snapshot, and those that follow on it if asked for; else they follow on what it followed on. */
export function removeSnapshot(
  tx: Draft,
  machine: MachineRecord,
  snapshot: SnapshotRecord,
  children: boolean,
): MachineRecord {
  const gone = new Set<number>();
  const collect = (id: number) => {
    gone.add(id);
    if (children) for (const below of record(tx, "VirtualMachineSnapshot", id).below) collect(below);
  };
  collect(snapshot.id);
  const heirs = children ? [] : snapshot.below;
  const { above } = snapshot;
  if (above !== 0)
    tx.change("VirtualMachineSnapshot", above, ({ below }) => ({ below: replaced(below, snapshot.id, heirs) }));
  for (const heir of heirs) tx.change("VirtualMachineSnapshot", heir, () => ({ above }));
  const tops: DiskLayer[] = [];
  for (const id of gone) {
    const dropped = record(tx, "VirtualMachineSnapshot", id);
    tops.push(...dropped.machine.disks.map(({ layer }) => layer));
    dropSnapshot(tx, dropped);
  }
  const { roots, current, taken } = machine.snapshots ?? { roots: [], current: 0, taken: 0 };
  const left = {
    roots: above === 0 ? replaced(roots, snapshot.id, heirs) : roots,
    current: gone.has(current) ? above : current,
    taken,
  };
  const next = { ...machine, snapshots: left.roots.length === 0 ? { roots: [], current: 0, taken } : left };
  tx.put(next);
  unrefer(tx, tops);
  return next;
}

/** Removes all snapshots of a machine. */
export function removeAllSnapshots(tx: Draft, machine: MachineRecord): MachineRecord {
  let next = machine;
  for (const id of machine.snapshots?.roots ?? [])
    next = removeSnapshot(tx, next, record(tx, "VirtualMachineSnapshot", id), true);
  return next;
}

const replaced = (list: readonly number[], id: number, by: readonly number[]) =>
  list.flatMap((other) => (other === id ? by : [other]));

/**
 * Merges a machine's topmost disk files into those below that nothing else needs any more. Files whose bytes were taken in
 * full when they were made keep the delta above them, which is charged block by block.
 */
export function consolidate(tx: Draft, machine: MachineRecord): MachineRecord {
  const disks = machine.disks.map((disk) => merged(tx, machine, disk));
  if (disks.every((disk, i) => disk === machine.disks[i])) return machine;
  const next = { ...machine, disks };
  tx.put(next);
  return next;
}

function merged(tx: Draft, machine: MachineRecord, disk: MachineDisk): MachineDisk {
  let { layer } = disk;
  for (;;) {
    const { parent } = layer;
    if (!parent || parent.thick > 0 || isBase(tx, layer) || isBase(tx, parent) || !owns(tx, machine, parent)) break;
    removeFile(tx, layer);
    layer = parent;
  }
  return layer === disk.layer ? disk : { ...disk, layer };
}

/** True when a file lies in a directory of the machine's: others' files are not written to. */
const owns = (tx: Draft, machine: MachineRecord, { datastore, path }: DiskLayer): boolean =>
  record(tx, "Datastore", datastore).directories.get(directoryOf(path)) === machine.id;
