import type { MachineRecord } from "./machine-record.ts";
import type { Entity } from "./record.ts";

/** A snapshot of a machine: `parent` is the machine's number, so that permissions come from there. */
export interface SnapshotRecord extends Entity {
  readonly kind: "VirtualMachineSnapshot";
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly quiesced: boolean;
  /** Counts a machine's snapshots from 1: `VirtualMachineSnapshotTree.id`. */
  readonly number: number;
  /**
   * The machine as it was. Its `memory` (0 without memory) and the spaces of its disks are the snapshot's own forks of them,
   * which nobody writes to.
   */
  readonly machine: MachineRecord;
  /** The snapshot that it followed on, 0 for none. */
  readonly above: number;
  /** The snapshots that follow on it. */
  readonly below: readonly number[];
}

/** A machine's snapshots as the machine knows them. */
export interface MachineSnapshots {
  /** What the machine follows on now, 0 for none. */
  readonly current: number;
  readonly roots: readonly number[];
  /** How many were ever taken. */
  readonly taken: number;
  /** How often the machine was brought back to one of them. */
  readonly reverted?: number;
  /** Set while disk files are left of removed snapshots that are still to be merged: `runtime.consolidationNeeded`. */
  readonly unmerged?: true;
}
