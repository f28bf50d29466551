import type { CallOptions, ProgressOptions } from "../progress.ts";
import type { Ref, vim } from "../vim/index.ts";
import type { ManagedObject } from "./managed-object.ts";
import { Snapshot } from "./snapshot.ts";

/** What a snapshot is to have. */
export interface SnapshotOptions extends ProgressOptions {
  readonly name: string;
  readonly description?: string | undefined;
  /** Keeps the memory of a running machine, so that it can go on from there. Default: false. */
  readonly memory?: boolean | undefined;
  /** Has the guest bring its file systems to rest first, through VMware Tools. Default: false. */
  readonly quiesce?: boolean | undefined;
}

/** A snapshot in the tree of its machine's. */
export interface SnapshotNode {
  readonly snapshot: Snapshot;
  readonly name: string;
  readonly description: string;
  /** ISO 8601. */
  readonly created: string;
  /** The state that the machine is in after it went back to it. */
  readonly powerState: vim.VirtualMachinePowerState;
  readonly quiesced: boolean;
  /** True for the one that the machine follows on now. */
  readonly current: boolean;
  readonly children: readonly SnapshotNode[];
}

/** The snapshots of a machine as a tree; empty where there are none. */
export async function snapshotTree(
  machine: ManagedObject<"VirtualMachine">,
  options: CallOptions,
): Promise<readonly SnapshotNode[]> {
  const info = await machine.get("snapshot", options);
  const node = (tree: vim.VirtualMachineSnapshotTree): SnapshotNode => ({
    snapshot: new Snapshot(machine.session, tree.snapshot),
    name: tree.name,
    description: tree.description,
    created: tree.createTime,
    powerState: tree.state,
    quiesced: tree.quiesced,
    current: same(tree.snapshot, info?.currentSnapshot),
    children: (tree.childSnapshotList ?? []).map(node),
  });
  return (info?.rootSnapshotList ?? []).map(node);
}

const same = (one: Ref, other: Ref | undefined) => other !== undefined && one.value === other.value;
