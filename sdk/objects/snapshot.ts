import type { ProgressOptions } from "../progress.ts";
import { ManagedObject, type Reference, referenceOf, type WireMethods } from "./managed-object.ts";

/** How a machine goes back to a snapshot. */
export interface RevertOptions extends ProgressOptions {
  /** Leaves the machine off though the snapshot has its memory. Default: false. */
  readonly suppressPowerOn?: boolean | undefined;
  /** Where it runs then. Default: where it is. */
  readonly host?: Reference<"HostSystem"> | undefined;
}

/** What goes with a snapshot that is removed. */
export interface RemoveSnapshotOptions extends ProgressOptions {
  /** Removes the snapshots that follow on it as well. Default: they follow on what it followed on. */
  readonly children?: boolean | undefined;
  /** Merges the disk files that are no longer needed. Default: true. */
  readonly consolidate?: boolean | undefined;
}

export interface Snapshot extends WireMethods<"VirtualMachineSnapshot"> {}

/**
 * A snapshot of a virtual machine. It shares all that the machine has not changed since.
 *
 * @example
 * const vm = await vc.find.virtualMachine("web-01");
 * const before = await vm.snapshot({ name: "before the update", memory: true });
 * await before.revert();
 * await before.remove();
 */
export class Snapshot extends ManagedObject<"VirtualMachineSnapshot"> {
  /** Takes the machine back: its configuration, its disks and, where the snapshot has it, its memory. */
  async revert(options: RevertOptions = {}): Promise<void> {
    const task = await this.RevertToSnapshot_Task(revertArguments(options), options);
    await task.wait(options);
  }

  /** Removes the snapshot; the machine stays as it is. */
  async remove({ children = false, consolidate = true, ...options }: RemoveSnapshotOptions = {}): Promise<void> {
    const task = await this.RemoveSnapshot_Task({ removeChildren: children, consolidate }, options);
    await task.wait(options);
  }

  /** Gives it another name or description; what is left out stays. */
  async rename(to: { readonly name?: string; readonly description?: string }): Promise<void> {
    await this.RenameSnapshot(to);
  }
}

/** What reverting takes on the wire. */
export const revertArguments = ({ suppressPowerOn, host }: RevertOptions) => ({
  ...(suppressPowerOn === undefined ? {} : { suppressPowerOn }),
  ...(host === undefined ? {} : { host: referenceOf(host) }),
});
