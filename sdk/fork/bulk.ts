import { VsphereError } from "../errors.ts";
import { VirtualMachine } from "../objects/virtual-machine.ts";
import type { ProgressOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Task } from "../task/task.ts";
import type { Ref } from "../vim/index.ts";
import { type InstantCloneOptions, instantCloneSpec } from "./instant-clone.ts";

type PerMachine<V> = V | ((i: number) => V);

/** How to fork a machine many times. Functions are called with the machine's number, from `start` on. */
export interface ForkOptions
  extends ProgressOptions,
    Omit<InstantCloneOptions, "name" | "guestInfo" | "biosUuid" | "deviceChange" | "signal" | "onProgress"> {
  /** How many, 1 or more. */
  readonly count: number;
  readonly name: (i: number) => string;
  readonly guestInfo?: PerMachine<Readonly<Record<string, string>>> | undefined;
  readonly biosUuid?: ((i: number) => string) | undefined;
  readonly deviceChange?: PerMachine<NonNullable<InstantCloneOptions["deviceChange"]>> | undefined;
  /** The first number. Default: 1. */
  readonly start?: number | undefined;
  /** How many are under way at a time. Default: 64. */
  readonly concurrency?: number | undefined;
}

/** A machine that was not made, and why. */
export interface ForkFailure {
  readonly index: number;
  readonly name: string;
  readonly error: VsphereError;
}

/** What came of a bulk fork. Both lists are in the order of the numbers. */
export interface ForkReport {
  readonly created: readonly VirtualMachine[];
  readonly failed: readonly ForkFailure[];
  /** True when the signal was aborted: machines that were not begun are in neither list. */
  readonly aborted: boolean;
}

/** Forks a machine `count` times, some at a time. */
export async function fork(session: Session, source: Ref<"VirtualMachine">, options: ForkOptions): Promise<ForkReport> {
  const { count, start = 1, concurrency = 64, signal, onProgress } = options;
  requireCount("count", count);
  requireCount("concurrency", concurrency);
  const running = new Set<Task<unknown>>();
  const cancelAll = () => {
    for (const task of running) task.cancel().catch(finishedMeanwhile);
  };
  const created: { index: number; vm: VirtualMachine }[] = [];
  const failed: ForkFailure[] = [];
  let next = 0;

  const report = () =>
    onProgress?.({ activity: "Forking", done: created.length + failed.length, total: count, failed: failed.length });
  const lane = async (): Promise<void> => {
    while (next < count && !signal?.aborted) {
      const index = start + next++;
      let name = `#${index}`;
      try {
        name = options.name(index);
        created.push({ index, vm: await one(session, source, index, name, options, running) });
      } catch (error) {
        failed.push({ index, name, error: asVsphereError(error) });
      }
      report();
    }
  };
  signal?.addEventListener("abort", cancelAll, { once: true });
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, count) }, lane));
  } finally {
    signal?.removeEventListener("abort", cancelAll);
  }

  const byIndex = (a: { index: number }, b: { index: number }) => a.index - b.index;
  return {
    created: created.sort(byIndex).map(({ vm }) => vm),
    failed: failed.sort(byIndex),
    aborted: signal?.aborted ?? false,
  };
}

/** Makes one fork. An abort cancels its task: either the machine was finished before, or nothing of it is there. */
async function one(
  session: Session,
  source: Ref<"VirtualMachine">,
  index: number,
  name: string,
  options: ForkOptions,
  running: Set<Task<unknown>>,
): Promise<VirtualMachine> {
  const { guestInfo, biosUuid, deviceChange, folder, resourcePool, datastore } = options;
  const spec = instantCloneSpec({
    name,
    guestInfo: typeof guestInfo === "function" ? guestInfo(index) : guestInfo,
    deviceChange: typeof deviceChange === "function" ? deviceChange(index) : deviceChange,
    biosUuid: biosUuid?.(index),
    folder,
    resourcePool,
    datastore,
  });
  const ref = await session.call<"VirtualMachine", "InstantClone_Task">(source, "InstantClone_Task", { spec });
  const task = session.task<Ref<"VirtualMachine">>(ref);
  running.add(task);
  try {
    // The call may have been under way when the signal was aborted.
    if (options.signal?.aborted) task.cancel().catch(finishedMeanwhile);
    const { result } = await task.wait();
    return new VirtualMachine(session, result);
  } finally {
    running.delete(task);
  }
}

/** A task that cannot be cancelled, or has finished, is waited for all the same. */
const finishedMeanwhile = (): undefined => undefined;

function asVsphereError(error: unknown): VsphereError {
  if (error instanceof VsphereError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new VsphereError("InvalidArgument", reason, { cause: error });
}

function requireCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new VsphereError(
    "InvalidArgument",
    `${name} must be a whole number of 1 or more, not ${JSON.stringify(value)}.`,
  );
}
