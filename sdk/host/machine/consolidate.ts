import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { chainOf, layerKey, removeFile } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { replaceMachine } from "./links.ts";
import { snapshotsOf } from "./tops.ts";

/**
 * Merges disk files that nothing needs by themselves any more: what a machine's snapshots left behind when they were removed. A
 * file goes into the one below it where that has no other above it, and where all that are based on either are this machine's own.
 */
export function consolidate(tx: Draft, machine: MachineRecord): MachineRecord {
  let next = machine;
  for (let pair = mergeable(tx, next); pair; pair = mergeable(tx, next)) next = merged(tx, next, pair);
  if (next.snapshots?.unmerged) {
    const { unmerged: _unmerged, ...snapshots } = next.snapshots;
    next = { ...next, snapshots };
  }
  return next === machine ? machine : replaceMachine(tx, machine, next);
}

/** Says in a machine's record whether files are left that `consolidate` would merge. */
export function noteUnmerged(tx: Draft, machine: MachineRecord): MachineRecord {
  if (!machine.snapshots || !mergeable(tx, machine)) return machine;
  const next = { ...machine, snapshots: { ...machine.snapshots, unmerged: true as const } };
  tx.put(next);
  return next;
}

/** A file that can go into the one below it; with a disk, whose bytes are charged to something else then. */
interface Pair {
  readonly upper: DiskLayer;
  readonly lower: DiskLayer;
  readonly recharged: MachineDisk | undefined;
}

/** A file of a machine's chains, and how many of the machine's own files, disks and snapshots refer to it. */
interface Known {
  readonly layer: DiskLayer;
  references: number;
}

function mergeable(tx: Draft, machine: MachineRecord): Pair | undefined {
  const disks = [machine, ...snapshotsOf(tx, machine).map((snapshot) => snapshot.machine)].flatMap((one) => one.disks);
  const known = chainsOf(disks);
  const others = foreign(tx, known);
  for (const { layer: upper } of known.values()) {
    const lower = upper.parent;
    if (!lower || others.has(layerKey(upper)) || countOf(tx, lower) > 1 || !owns(tx, machine, lower)) continue;
    const on = disks.filter((disk) => layerKey(disk.layer) === layerKey(upper));
    if (on.some(({ undo }) => undo)) continue;
    if (lower.thick === 0 && lower.datastore === upper.datastore) return { upper, lower, recharged: undefined };
    const only = machine.disks.find((disk) => disk === on[0]);
    if (only && countOf(tx, upper) === 1) return { upper, lower, recharged: only };
  }
  return undefined;
}

function chainsOf(disks: readonly MachineDisk[]): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const { layer } of disks)
    for (const at of chainOf(layer)) {
      const met = known.get(layerKey(at));
      if (met) {
        met.references++;
        break;
      }
      known.set(layerKey(at), { layer: at, references: 1 });
    }
  return known;
}

/** Files that others than the machine refer to, and all below them: their chains are not this machine's to change. */
function foreign(tx: Draft, known: ReadonlyMap<string, Known>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { layer, references } of known.values())
    if (countOf(tx, layer) > references) for (const at of chainOf(layer)) found.add(layerKey(at));
  return found;
}

const countOf = (tx: Draft, layer: DiskLayer): number => tx.bases.get(layerKey(layer)) ?? 1;

/** True when a file lies in a directory of the machine's: others' files are not written to. */
const owns = (tx: Draft, machine: MachineRecord, { datastore, path }: DiskLayer): boolean =>
  record(tx, "Datastore", datastore).directories.get(directoryOf(path)) === machine.id;

/** A lower file with an upper one in it: closed if that was. */
function together({ blocks }: DiskLayer, lower: DiskLayer): DiskLayer {
  const { blocks: below = 0, ...rest } = lower;
  return blocks === undefined ? rest : { ...rest, blocks: below + blocks };
}

function merged(tx: Draft, machine: MachineRecord, { upper, lower, recharged }: Pair): MachineRecord {
  const count = countOf(tx, upper);
  tx.bases.delete(layerKey(upper));
  if (count > 1) tx.bases.set(layerKey(lower), count);
  removeFile(tx, upper);
  const layers = new Map([[upper, together(upper, lower)]]);
  const rewritten = (layer: DiskLayer): DiskLayer => {
    const known = layers.get(layer);
    if (known) return known;
    const parent = layer.parent && rewritten(layer.parent);
    const made = !parent || parent === layer.parent ? layer : { ...layer, parent, depth: parent.depth + 1 };
    layers.set(layer, made);
    return made;
  };
  const disksOf = (disks: readonly MachineDisk[]) => {
    const next = disks.map((disk) => {
      const layer = rewritten(disk.layer);
      const undo = disk.undo && { ...disk.undo, layer: rewritten(disk.undo.layer) };
      return layer === disk.layer ? disk : { ...disk, layer, ...(undo ? { undo } : {}) };
    });
    return next.every((disk, i) => disk === disks[i]) ? disks : next;
  };
  if (recharged) tx.rechargeSpace(recharged.space, lower.thick > 0 ? 0 : diskAccount(tx, lower.datastore));
  for (const snapshot of snapshotsOf(tx, machine)) {
    const disks = disksOf(snapshot.machine.disks);
    if (disks !== snapshot.machine.disks) tx.put({ ...snapshot, machine: { ...snapshot.machine, disks } });
  }
  return { ...machine, disks: disksOf(machine.disks) };
}
