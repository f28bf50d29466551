import { type ClockKind, type Duration, logicalEpoch, milliseconds, wallTime } from "./clock.ts";
import type { Inventory } from "./inventory/description.ts";
import type { User } from "./session/sessions.ts";
import type { Flavour } from "./state/esx-id.ts";
import { type Retention, retentionOf } from "./state/retention.ts";
import type { UniverseOptions } from "./state/universe.ts";

export interface HostOptions {
  /**
   * `esx` looks as a single ESXi does, with its ids (`ha-host`, machines by plain numbers), without what only a vCenter has: clones,
   * folders, clusters, distributed switches. Its inventory is one host: counts say `machines`, `datastores` and `poweredOn`, a
   * description has one datacenter with one host and no cluster. Default: `vcenter`.
   */
  readonly flavour?: Flavour;
  /**
   * Makes the host repeatable: with the same seed and the same calls two hosts are identical to the byte. Time then is logical:
   * it begins at `start` and passes one millisecond a change. Without a seed the host shows the wall clock's time.
   */
  readonly seed?: number;
  /** Default: the lab, see `inventory/lab.ts`. Else counts, or a description. */
  readonly inventory?: Inventory;
  /** Default: `instant`. */
  readonly clock?: ClockKind;
  /**
   * How long tasks take on a clock that is not instant, in milliseconds or as `"3s"`, in the place of the usual: by the method that
   * starts them (`CloneVM_Task`, in any case), and `*` for all others.
   */
  readonly taskTimes?: Readonly<Record<string, Duration>>;
  /** The API version to show, in `about` only: what is answered does not change. Default: 8.0.3.0. */
  readonly apiVersion?: string;
  /** Where logical time begins, in ISO 8601. Default: 2026-01-01T00:00:00Z. */
  readonly start?: string;
  /** Who may log in over a door. Default: `administrator@vsphere.local` with any password, `root` on an ESXi. */
  readonly users?: readonly User[];
  /** How many finished tasks and events are kept. Default: 10,000 of each. */
  readonly retention?: Partial<Retention>;
}

const clocks: ReadonlySet<unknown> = new Set<ClockKind>(["instant", "manual", "real"]);

/** What a universe is told by a host's options. Throws a RangeError that names what is wrong. */
export function universeOptions(options: HostOptions): UniverseOptions {
  const { seed = 1, clock = "instant", flavour = "vcenter", retention } = options;
  if (flavour !== "vcenter" && flavour !== "esx")
    throw new RangeError(`flavour must be vcenter or esx, not ${String(flavour)}.`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${String(seed)}.`);
  if (!clocks.has(clock)) throw new RangeError(`clock must be instant, manual or real, not ${String(clock)}.`);
  const repeatable = options.seed !== undefined || options.start !== undefined;
  const logicalTime = clock === "manual" || (clock === "instant" && repeatable);
  return Object.freeze({
    seed,
    clock,
    logicalTime,
    retention: retentionOf(retention),
    taskTimes: new Map(
      Object.entries(options.taskTimes ?? {}).map(([method, time]) => [method.toLowerCase(), milliseconds(time)]),
    ),
    apiVersion: options.apiVersion,
  });
}

/** When a host begins, in milliseconds since the epoch. Throws a RangeError. */
export function beginning({ start }: HostOptions, { logicalTime }: UniverseOptions): number {
  if (start === undefined) return logicalTime ? logicalEpoch : wallTime();
  // A time without a zone would mean another moment on every machine.
  const time = Date.parse(/T[^Z+-]*$/.test(start) ? `${start}Z` : start);
  if (Number.isNaN(time)) throw new RangeError(`start must be a date in ISO 8601, not ${JSON.stringify(start)}.`);
  if (!logicalTime) throw new RangeError("start is for hosts with a clock of their own: not for the real one.");
  return time;
}
