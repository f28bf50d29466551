import { VsphereError } from "../errors.ts";
import { VirtualMachine } from "../objects/virtual-machine.ts";
import type { ProgressOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Task } from "../task/task.ts";
import type { Ref } from "../vim/index.ts";
import type { InstantCloneOptions } from "./instant-clone.ts";
import { networkOf } from "./network.ts";
import { makeFork, type Source } from "./one.ts";
import type { ForkWarning } from "./warning.ts";

type PerMachine<V> = V | ((i: number) => V);

/** How to fork a machine many times. Functions are called with the machine's number, from `start` on. */
export interface ForkOptions
  extends ProgressOptions,
    Omit<
      InstantCloneOptions,
      "name" | "guestInfo" | "biosUuid" | "deviceChange" | "signal" | "onProgress" | "onWarning"
    > {
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
  /** What did not fail and yet is not as one may think; of what is so for every fork alike, the first. */
  readonly warnings: readonly ForkWarning[];
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
  const warnings = new Map<string, ForkWarning>();
  const { network = "reconnect" } = options;
  const from: Source = {
    ref: source,
    network: network === "connected" ? undefined : await networkOf(session, source, undefined),
    onWarning: (warning) => {
      // What every fork is told alike is told once.
      const key = warning.code === "IgnoredSetting" ? warning.message : `${warning.code} ${warning.name}`;
      if (!warnings.has(key)) warnings.set(key, warning);
    },
    onTask(task, state) {
      if (state === "ended") running.delete(task);
      else running.add(task);
      // The call may have been under way when the signal was aborted.
      if (state === "begun" && signal?.aborted) task.cancel().catch(finishedMeanwhile);
    },
  };
  let next = 0;

  const report = () =>
    onProgress?.({ activity: "Forking", done: created.length + failed.length, total: count, failed: failed.length });
  const lane = async (): Promise<void> => {
    while (next < count && !signal?.aborted) {
      const index = start + next++;
      let name = `#${index}`;
      try {
        name = options.name(index);
        const made = await makeFork(session, from, optionsOf(options, index, name));
        created.push({ index, vm: new VirtualMachine(session, made) });
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
    warnings: [...warnings.values()],
    aborted: signal?.aborted ?? false,
  };
}

/** What one of the forks is to be. An abort cancels its task: either the machine was finished before, or nothing of it is there. */
function optionsOf(options: ForkOptions, index: number, name: string): InstantCloneOptions {
  const { guestInfo, biosUuid, deviceChange, onProgress: _onProgress, ...rest } = options;
  return {
    ...rest,
    name,
    guestInfo: typeof guestInfo === "function" ? guestInfo(index) : guestInfo,
    deviceChange: typeof deviceChange === "function" ? deviceChange(index) : deviceChange,
    biosUuid: biosUuid?.(index),
  };
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
