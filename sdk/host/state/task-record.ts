import type { Ref, vim } from "../../vim/index.ts";

/** A task: what was asked, how it stands and, while it is not finished, what remains to be done. */
export interface TaskRecord {
  readonly id: number;
  /** Its managed object id where that is not `task-` and its number: on an ESXi. */
  readonly moid?: string;
  /** vSphere's description id: `VirtualMachine.powerOn`. */
  readonly descriptionId: string;
  /** The method as it was called: `PowerOnVM_Task`. */
  readonly method: string;
  readonly entity: Ref;
  readonly entityName: string;
  readonly state: "queued" | "running" | "success" | "error";
  /** Percent, set while running. */
  readonly progress: number | undefined;
  readonly cancelable: boolean;
  readonly cancelled: boolean;
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly queued: number;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly result: unknown;
  readonly error: vim.LocalizedMethodFault | undefined;
  /** Changed by SetTaskDescription. */
  readonly description: vim.LocalizableMessage | undefined;
  readonly work: PendingWork | undefined;
}

/** What remains of a task is data, so that it forks, restores and is cancelled with the state it is in. */
export interface PendingWork {
  readonly args: Readonly<Record<string, unknown>>;
  /** The number of the object that it keeps to itself, or waits for; 0 where it does neither. */
  readonly place: number;
  readonly phases: readonly Phase[];
  /** Index of the phase that is under way. */
  readonly phase: number;
  /** When that phase ends, in milliseconds since the epoch. */
  readonly due: number;
}

export interface Phase {
  readonly name: string;
  readonly ms: number;
}

/** An event, kept small: the vim25 event with its message is made when it is read, see `properties/event.ts`. */
export interface EventRecord {
  readonly key: number;
  /** The vim25 event type, `VmPoweredOnEvent`, or `EventEx`. */
  readonly type: string;
  /** For an EventEx: its id, `com.vmware.vc.VmInstantClonedEvent`. */
  readonly eventTypeId: string | undefined;
  readonly time: number;
  readonly user: string;
  /** Common to all events of one operation: the number of its task, or one of `newChain`. */
  readonly chain: number;
  readonly vm: number;
  readonly host: number;
  /** The machine's name when it happened. */
  readonly vmName: string;
  /** More properties of that event type, and the arguments of an EventEx. */
  readonly more: Readonly<Record<string, unknown>> | undefined;
}
