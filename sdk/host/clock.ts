/**
 * The only source of time in the simulated vCenter.
 *
 * - `instant` (the default): a task is finished when its method returns.
 * - `manual`: time stands still until `host.clock.advance("3s")`.
 * - `real`: tasks take as long as `task/durations.ts` says, and timers run.
 */
export type ClockKind = "instant" | "manual" | "real";

/** `500` (milliseconds), `"3s"`, `"1.5m"`, `"2h"`, `"1d"`, `"250ms"`. */
export type Duration = number | string;

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration in milliseconds. Throws a RangeError that names what could not be read. */
export function milliseconds(duration: Duration): number {
  const match = typeof duration === "number" ? null : /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration);
  const unit = match?.[2];
  const ms =
    typeof duration === "number"
      ? duration
      : unit === "ms" || unit === "s" || unit === "m" || unit === "h" || unit === "d"
        ? Number(match?.[1]) * units[unit]
        : Number.NaN;
  if (Number.isFinite(ms) && ms >= 0) return Math.round(ms);
  throw new RangeError(
    `Not a duration: ${JSON.stringify(duration)}. Write milliseconds, or "250ms", "3s", "1.5m", "2h", "1d".`,
  );
}

/** Where a host with a seed begins its logical time, so that the same calls always happen at the same moments. */
export const logicalEpoch = Date.UTC(2026, 0, 1);

/** The wall clock, in milliseconds since the epoch. */
export const wallTime = (): number => Date.now();

/** A timer that does not keep the process alive by itself. */
export interface Alarm {
  /** Calls `run` once the wall clock shows `at`; a later call replaces an earlier one; undefined clears it. */
  set(at: number | undefined, run: () => void): void;
}

export function alarm(): Alarm {
  let timer: NodeJS.Timeout | undefined;
  let armed: number | undefined;
  return {
    set(at, run) {
      if (at === armed) return;
      if (timer) clearTimeout(timer);
      armed = at;
      if (at === undefined) return;
      timer = setTimeout(
        () => {
          armed = undefined;
          run();
        },
        Math.max(0, Math.min(at - wallTime(), 2 ** 31 - 1)),
      );
      timer.unref();
    },
  };
}

/**
 * Calls once after so many milliseconds of the wall clock, unless the returned function is called before. For how long a client is
 * kept waiting, which no simulated clock changes. Unlike an alarm it keeps the process alive: somebody waits.
 */
export function timer(ms: number, run: () => void): () => void {
  const timeout = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
  return () => clearTimeout(timeout);
}

/** Calls once when the present turn of the event loop is over: however often it is asked for until then. */
export function soon(run: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    setImmediate(() => {
      asked = false;
      run();
    });
  };
}

/** When everything else that waits for its turn in this process has had it. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
