import { ManagedObject } from "../objects/managed-object.ts";
import type { CallOptions, ProgressOptions } from "../progress.ts";
import type { vim } from "../vim/index.ts";

/** A task that has succeeded, with what it made. */
export type Finished<R> = Omit<vim.TaskInfo, "result"> & { readonly result: R };

/**
 * A task of a session.
 *
 * @example
 * const task = await vm.PowerOffVM_Task();
 * await task.wait();
 */
export class Task<R = unknown> extends ManagedObject<"Task"> {
  /**
   * Waits until the task has succeeded. All waits of a session share one filter: a thousand cost what one costs.
   *
   * @throws VsphereError with the task's fault when it fails; `RequestCanceled` when somebody cancels it; `Aborted` when the signal
   * is: the task itself then goes on, see {@link cancel}.
   */
  async wait(options: ProgressOptions = {}): Promise<Finished<R>> {
    const info = await this.session.tasks.wait(this.ref, options);
    // The schema says what the method's task leaves as its result; the server is trusted to keep to it.
    return info as Finished<R>;
  }

  /** Where it stands now. */
  info(options: CallOptions = {}): Promise<vim.TaskInfo> {
    return this.get("info", options);
  }

  /** Asks the server to cancel it. Throws `NotSupported` for a task that cannot be, `InvalidState` for one that has finished. */
  async cancel(options: CallOptions = {}): Promise<void> {
    await this.session.transport.call(this.ref, "CancelTask", {}, options.signal);
  }
}
