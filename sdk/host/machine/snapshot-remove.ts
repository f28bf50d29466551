import { invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record } from "../state/view.ts";
import { unrefer } from "../storage/layers.ts";
import { dropSnapshot } from "./snapshot-drop.ts";
import { snapshotsOf } from "./tops.ts";

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
  const known = machine.snapshots ?? { roots: [], current: 0, taken: 0 };
  const { roots, current } = known;
  const left = {
    ...known,
    roots: above === 0 ? replaced(roots, snapshot.id, heirs) : roots,
    current: gone.has(current) ? above : current,
  };
  const next = { ...machine, snapshots: left };
  tx.put(next);
  unrefer(tx, tops);
  return next;
}

/** Removes all snapshots of a machine, or those that are older than so many days. */
export function removeAllSnapshots(tx: Draft, machine: MachineRecord, days?: number): MachineRecord {
  let next = machine;
  if (days === undefined) {
    for (const id of machine.snapshots?.roots ?? [])
      next = removeSnapshot(tx, next, record(tx, "VirtualMachineSnapshot", id), true);
    return next;
  }
  if (days < 0) throw invalidArgument("spec.retentionDays", `Days are counted from 0 on; ${days} are asked for.`);
  for (const { id, created } of snapshotsOf(tx, machine))
    if (created < tx.now - days * dayMs)
      next = removeSnapshot(tx, next, record(tx, "VirtualMachineSnapshot", id), false);
  return next;
}

const dayMs = 24 * 60 * 60 * 1000;

const replaced = (list: readonly number[], id: number, by: readonly number[]) =>
  list.flatMap((other) => (other === id ? by : [other]));
