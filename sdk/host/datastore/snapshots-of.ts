import type { MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import type { View } from "../state/view.ts";

/** The snapshots of a machine, each after the one that it followed on. */
export function snapshotsOf(machine: MachineRecord, view: Pick<View, "object">): SnapshotRecord[] {
  const found: SnapshotRecord[] = [];
  const add = (ids: readonly number[]) => {
    for (const id of ids) {
      const snapshot = view.object(id);
      if (snapshot?.kind !== "VirtualMachineSnapshot") continue;
      found.push(snapshot);
      add(snapshot.below);
    }
  };
  add(machine.snapshots?.roots ?? []);
  return found;
}
