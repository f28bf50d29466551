import type { MachineRecord } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { chainOf } from "../storage/layers.ts";
import { directoryOf } from "../storage/path.ts";
import { forksOf } from "./lineage.ts";
import { topsOf } from "./tops.ts";

/** True when a disk of a machine, or of one of its snapshots, is based on a file in a directory of another's. */
function needs(view: View, machine: MachineRecord, other: number): boolean {
  for (const top of topsOf(view, machine))
    for (const { datastore, path } of chainOf(top))
      if (record(view, "Datastore", datastore).directories.get(directoryOf(path)) === other) return true;
  return false;
}

/** The machines that files of a machine must stay for, each after the one that it was made from. Those of full clones are not among them. */
export function* dependantsOf(view: View, id: number): Generator<MachineRecord> {
  const from = [id];
  for (let next = from.pop(); next !== undefined; next = from.pop())
    for (const relative of forksOf(view, next)) {
      from.push(relative.id);
      const fork = view.state.objects.get(relative.id);
      if (fork?.kind === "VirtualMachine" && needs(view, fork, id)) yield fork;
    }
}
