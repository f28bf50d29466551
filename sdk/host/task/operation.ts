import type { ManagedType, Methods, Ref } from "../../vim/index.ts";
import type { Draft } from "../state/draft.ts";
import type { Phase } from "../state/task-record.ts";
import type { View } from "../state/view.ts";

/** What an operation is done to, with what, by whom: all of it data, so that it can wait in the state. */
export interface Job<T extends ManagedType = ManagedType, A = Readonly<Record<string, unknown>>> {
  readonly self: Ref<T>;
  /** The number of the object in the state. */
  readonly id: number;
  readonly args: A;
  readonly user: string;
  readonly task: number;
  /** The chain that all events of this operation belong to. */
  readonly chain: number;
}

type Args<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { args: infer A } ? A : never;
/** Where a task leaves no result, its work may simply return. */
type Result<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { result: infer R }
  ? // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns void alone could return anything.
    R | (undefined extends R ? void : never)
  : never;

/**
 * A `_Task` method. `begin` runs when the task starts and may refuse it; `finish` runs in one transaction when all phases have
 * passed and does the work: until then nothing is half-made, so that cancelling is forgetting. On the instant clock both run in
 * the transaction that makes the task.
 */
export interface Operation<T extends ManagedType, M extends keyof Methods<T>> {
  /**
   * What happens when the entity is busy with another task: `exclusive` refuses with TaskInProgress, `queued` waits its turn;
   * without it, tasks run side by side.
   */
  readonly lock?: "exclusive" | "queued";
  readonly cancelable?: boolean;
  /** The number of the object that tasks of this kind exclude each other on. Default: that of the object they are called on. */
  keeps?(view: View, job: Job<T, Args<T, M>>): number;
  /** Privileges beyond those of the schema: on which object (its number), and which. */
  requires?(view: View, job: Job<T, Args<T, M>>): readonly (readonly [entity: number, privilege: string])[];
  /** How long it takes on a clock that is not instant, from `durations.ts`. */
  phases?(view: View, job: Job<T, Args<T, M>>): readonly Phase[];
  begin?(view: View, job: Job<T, Args<T, M>>): void;
  finish(tx: Draft, job: Job<T, Args<T, M>>): Result<T, M>;
}

/** An operation whose types have been put away, as the tables of the dispatcher hold it. */
export interface AnyOperation {
  readonly kind: "operation";
  readonly lock: "exclusive" | "queued" | undefined;
  readonly cancelable: boolean;
  keeps(view: View, job: Job): number;
  requires(view: View, job: Job): readonly (readonly [entity: number, privilege: string])[];
  phases(view: View, job: Job): readonly Phase[];
  begin(view: View, job: Job): void;
  finish(tx: Draft, job: Job): unknown;
}

/** Declares a `_Task` method of a managed type. */
export function operation<T extends ManagedType, M extends keyof Methods<T>>(
  _type: T,
  _method: M,
  declared: Operation<T, M>,
): AnyOperation {
  // The dispatcher has checked the arguments against the schema that these types are generated from.
  const typed = (job: Job) => job as Job<T, Args<T, M>>;
  return {
    kind: "operation",
    lock: declared.lock,
    cancelable: declared.cancelable ?? false,
    keeps: (view, job) => declared.keeps?.(view, typed(job)) ?? job.id,
    requires: (view, job) => declared.requires?.(view, typed(job)) ?? [],
    phases: (view, job) => declared.phases?.(view, typed(job)) ?? [],
    begin: (view, job) => declared.begin?.(view, typed(job)),
    finish: (tx, job) => declared.finish(tx, typed(job)),
  };
}
