import { fault, invalidState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { esxId, isEsx } from "../state/esx-id.ts";
import { idOf, refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record, type View } from "../state/view.ts";
import { diskAccount, memoryAccount } from "../storage/accounts.ts";
import { homePath } from "../storage/home.ts";
import { refer } from "../storage/layers.ts";
import { takeSpace } from "../storage/space.ts";
import { isIndependent } from "./disk-mode.ts";
import { belowRaised, raise } from "./fresh-layer.ts";
import { toolsRunning } from "./guest.ts";
import { requireNoTemplate } from "./lookup.ts";
import { snapshotBytes } from "./snapshot-drop.ts";

/** Snapshots that can follow on each other. */
const most = 32;

export interface NewSnapshot {
  readonly name: string;
  readonly description: string;
  readonly memory: boolean;
  readonly quiesce: boolean;
}

/** Takes a snapshot: what is in memory (if asked for and running) and on the disks now, without copying any of it. */
export function createSnapshot(tx: Draft, machine: MachineRecord, wanted: NewSnapshot): SnapshotRecord {
  requireSnapshot(tx, machine, wanted);
  const id = tx.nextId++;
  const known = machine.snapshots ?? { current: 0, roots: [], taken: 0 };
  const raised = raise(tx, machine, (disk) => !isIndependent(machine, disk));
  const kept = belowRaised(machine, raised).filter((disk) => !isIndependent(machine, disk));
  const withMemory = machine.power === "suspended" || (machine.power === "poweredOn" && wanted.memory);
  const account = memoryAccount(tx, machine.host, machine.datastore, machine.forked);
  const snapshot: SnapshotRecord = {
    kind: "VirtualMachineSnapshot",
    id,
    ...(isEsx(tx) ? { moid: esxId(tx, "VirtualMachineSnapshot", id, idOf(machine)) } : {}),
    name: wanted.name,
    parent: machine.id,
    description: wanted.description,
    created: tx.now,
    quiesced: wanted.quiesce,
    number: known.taken + 1,
    machine: {
      ...machine,
      memory: withMemory ? tx.forkSpace(machine.memory, machine.id, account) : 0,
      disks: kept.map((disk) => ({
        ...disk,
        space: tx.forkSpace(disk.space, machine.id, diskAccount(tx, disk.layer.datastore)),
      })),
    },
    above: known.current,
    below: [],
  };
  takeSpace(tx, machine.datastore, snapshotBytes(snapshot), homePath(machine, `-Snapshot${snapshot.number}.vmsn`));
  tx.put(snapshot);
  if (known.current !== 0)
    tx.change("VirtualMachineSnapshot", known.current, ({ below }) => ({ below: [...below, id] }));
  for (const { layer } of kept) refer(tx, layer);
  const roots = known.current === 0 ? [...known.roots, id] : known.roots;
  tx.put({ ...raised, snapshots: { ...known, current: id, roots, taken: known.taken + 1 } });
  return snapshot;
}

export function requireSnapshotName(name: string): void {
  if (name === "" || [...name].length > 80)
    throw fault("InvalidName", { name }, "The name of a snapshot has 1 to 80 characters.");
}

function requireSnapshot(view: View, machine: MachineRecord, { name, memory, quiesce }: NewSnapshot): void {
  requireNoTemplate(machine, "a snapshot");
  requireSnapshotName(name);
  const running = machine.power === "poweredOn";
  const withMemory = machine.power === "suspended" || (running && memory);
  if (withMemory && machine.disks.some((disk) => isIndependent(machine, disk)))
    throw fault(
      "MemorySnapshotOnIndependentDisk",
      {},
      `'${machine.name}' has a disk that is independent of snapshots: none with memory can be taken.`,
    );
  if (running && quiesce && !toolsRunning(machine))
    throw fault(
      "FilesystemQuiesceFault",
      {},
      `The file systems of '${machine.name}' cannot be quiesced: VMware Tools do not answer.`,
    );
  if (machine.disks.some(({ layer }) => layer.depth >= 255))
    throw invalidState(`The disks of '${machine.name}' have 255 levels, the most there can be.`);
  let levels = 0;
  for (let at = machine.snapshots?.current ?? 0; at !== 0; at = record(view, "VirtualMachineSnapshot", at).above)
    levels++;
  if (levels >= most)
    throw fault(
      "TooManySnapshotLevels",
      {},
      `'${machine.name}' has ${levels} snapshots on each other, the most there can be.`,
    );
}

/** The snapshot that a machine follows on now, or NotFound. */
export function currentSnapshot(view: View, machine: MachineRecord): SnapshotRecord {
  const current = machine.snapshots?.current ?? 0;
  if (current !== 0) return record(view, "VirtualMachineSnapshot", current);
  throw fault("NotFound", {}, `'${machine.name}' (${refOf(machine).value}) has no snapshot to go back to.`);
}
