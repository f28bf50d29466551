import { deviceOf, isDisk } from "../machine/devices.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";
import { chainOf, layerKey } from "../storage/layers.ts";

/** One file of a chain as it is exported: an address space that holds the disk up to that file. */
export interface DiskLevel {
  readonly space: number;
  /** In bytes: whole sectors. */
  readonly capacity: number;
  /** The file on its datastore: `golden/golden.vmdk`. */
  readonly path: string;
}

interface Holder {
  readonly machine: MachineRecord;
  readonly disk: MachineDisk;
}

/** vSphere has no longer chains. */
const longest = 255;

/**
 * A disk, and those below it that can be told apart: the topmost first. The page store keeps a whole disk for each machine and
 * snapshot, none for the files in between. So a file below is there as long as a machine or a snapshot has it as its topmost;
 * where nobody has, but the source lives on, the source as it is now stands in for it: what differs is then more than what the
 * fork wrote, and still right.
 */
export function levelsOf(view: View, machine: MachineRecord, disk: MachineDisk): readonly DiskLevel[] {
  const levels: DiskLevel[] = [];
  const seen = new Set<number>();
  for (let at: Holder | undefined = { machine, disk }; at && levels.length < longest; at = below(view, at)) {
    if (seen.has(at.disk.space)) break;
    seen.add(at.disk.space);
    levels.push({ space: at.disk.space, capacity: capacityOf(at), path: at.disk.layer.path });
  }
  return levels;
}

/** The nearest file below that somebody has as his topmost. */
function below(view: View, { machine, disk }: Holder): Holder | undefined {
  if (!disk.layer.parent) return undefined;
  const candidates = [...holdersNear(view, machine)].filter((holder) => holder.disk.space !== disk.space);
  for (const layer of chainOf(disk.layer.parent)) {
    const key = layerKey(layer);
    const holder = candidates.find((one) => layerKey(one.disk.layer) === key);
    if (holder) return holder;
  }
  const files = new Set([...chainOf(disk.layer.parent)].map(layerKey));
  return candidates.find((one) => one.machine.id === machine.source && sharesFile(one.disk.layer, files));
}

const sharesFile = (layer: DiskLayer, files: ReadonlySet<string>): boolean =>
  [...chainOf(layer)].some((one) => files.has(layerKey(one)));

/** Those that a disk of a machine can be based on: the machine's own snapshots, its source and the source's snapshots. */
function* holdersNear(view: View, machine: MachineRecord): Generator<Holder> {
  yield* inSnapshots(view, machine);
  const source = machine.source === 0 ? undefined : view.object(machine.source);
  if (source?.kind !== "VirtualMachine") return;
  for (const disk of source.disks) yield { machine: source, disk };
  yield* inSnapshots(view, source);
}

function* inSnapshots(view: View, machine: MachineRecord): Generator<Holder> {
  const waiting = [...(machine.snapshots?.roots ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const snapshot = view.object(id);
    if (snapshot?.kind !== "VirtualMachineSnapshot") continue;
    for (const disk of snapshot.machine.disks) yield { machine: snapshot.machine, disk };
    waiting.push(...snapshot.below);
  }
}

function capacityOf({ machine, disk }: Holder): number {
  const device = deviceOf(machine, disk.key);
  return device && isDisk(device) ? Number(device.capacityInBytes ?? device.capacityInKB * 1024) : 0;
}
