import type { Handlers } from "../call.ts";
import { exportMachine } from "../export/export-machine.ts";
import { notFound } from "../faults.ts";
import { consolidate, noteUnmerged } from "../machine/consolidate.ts";
import { phase } from "../machine/phases.ts";
import { requireSnapshotName } from "../machine/snapshot.ts";
import { removeSnapshot } from "../machine/snapshot-remove.ts";
import { revertTo } from "../machine/snapshot-revert.ts";
import { record, type View } from "../state/view.ts";
import { operation } from "../task/operation.ts";

/** The snapshot that an operation is about, and its machine: it may have gone while the task waited. */
function both(view: View, { self, id }: { readonly self: Parameters<typeof notFound>[0]; readonly id: number }) {
  const snapshot = view.object(id);
  if (snapshot?.kind !== "VirtualMachineSnapshot") throw notFound(self);
  return { snapshot, machine: record(view, "VirtualMachine", snapshot.parent) };
}

/** What is done to a snapshot is done to its machine, which it keeps to itself meanwhile. */
const exclusive = {
  lock: "exclusive",
  keeps: (view: View, { id }: { readonly id: number }) => record(view, "VirtualMachineSnapshot", id).parent,
  phases: () => [phase("snapshot.create")],
} as const;

export const virtualMachineSnapshot: Handlers<"VirtualMachineSnapshot"> = {
  ExportSnapshot(call) {
    const { machine, snapshot } = both(call.core.universe.view, call);
    return exportMachine(call, machine, snapshot.machine, "VirtualMachineSnapshot.exportSnapshot");
  },

  RevertToSnapshot_Task: operation("VirtualMachineSnapshot", "RevertToSnapshot_Task", {
    ...exclusive,
    finish(tx, job) {
      const { machine, snapshot } = both(tx, job);
      revertTo(tx, job, machine, snapshot, job.args);
    },
  }),

  RemoveSnapshot_Task: operation("VirtualMachineSnapshot", "RemoveSnapshot_Task", {
    ...exclusive,
    finish(tx, job) {
      const { machine, snapshot } = both(tx, job);
      const left = removeSnapshot(tx, machine, snapshot, job.args.removeChildren);
      if (job.args.consolidate === false) noteUnmerged(tx, left);
      else consolidate(tx, left);
    },
  }),

  RenameSnapshot({ core, self, id }, { name, description }) {
    if (name !== undefined) requireSnapshotName(name);
    core.universe.transact((tx) => {
      const { snapshot } = both(tx, { self, id });
      tx.put({ ...snapshot, name: name ?? snapshot.name, description: description ?? snapshot.description });
    });
  },
};
