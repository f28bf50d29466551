import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { HostMemory, MachineMemory } from "./memory-figures.ts";

type Unit = "percent" | "kiloBytes" | "megaBytes";

/** A counter that is simulated: vCenter's own number, name and levels, and what it counts. */
export interface Counter {
  readonly key: number;
  readonly group: "mem";
  readonly name: string;
  readonly rollup: "average";
  readonly unit: Unit;
  readonly level: number;
  readonly perDeviceLevel: number;
  readonly label: string;
  readonly summary: string;
  /** In the counter's unit; a percentage in hundredths. Absent where such an object has no such counter. */
  readonly ofMachine?: (figures: MachineMemory, machine: MachineRecord) => number;
  readonly ofHost?: (figures: HostMemory, host: HostRecord) => number;
}

const KiB = 1024;
const kilobytes = (bytes: number): number => Math.round(bytes / KiB);
/** Hundredths of a percent. */
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((10_000 * part) / whole));
const none = () => 0;

type Sources = Pick<Counter, "ofMachine" | "ofHost">;
const counter = (
  key: number,
  name: string,
  [level, perDeviceLevel]: readonly [number, number],
  label: string,
  summary: string,
  sources: Sources,
  unit: Unit = "kiloBytes",
): Counter => ({
  key,
  group: "mem",
  name,
  rollup: "average",
  unit,
  level,
  perDeviceLevel,
  label,
  summary,
  ...sources,
});

/** A figure that machines and hosts both have, in kilobytes. */
const both = (of: (figures: MachineMemory | HostMemory) => number): Sources => ({
  ofMachine: (figures) => kilobytes(of(figures)),
  ofHost: (figures) => kilobytes(of(figures)),
});

/**
 * The counters of memory that follow from the page store, by vCenter's numbers. Others are not offered: what is not simulated is not
 * to read as zero. Nothing is ever swapped, compressed or reclaimed by a balloon: of that zero is the truth.
 */
export const counters: readonly Counter[] = [
  counter(
    24,
    "usage",
    [1, 3],
    "Usage",
    "Of a machine's memory what is active, of a host's what is in use.",
    {
      ofMachine: ({ active, size }) => percent(active, size),
      ofHost: ({ consumed }, { memoryBytes }) => percent(consumed, memoryBytes),
    },
    "percent",
  ),
  counter(
    27,
    "reservedCapacity",
    [2, 3],
    "Reserved capacity",
    "Host memory that is set aside for machines that run.",
    { ofHost: (_figures, { reservedBytes }) => Math.round(reservedBytes / 2 ** 20) },
    "megaBytes",
  ),
  counter(
    29,
    "granted",
    [2, 3],
    "Granted",
    "Guest memory that host memory is mapped for.",
    both(({ mapped }) => mapped),
  ),
  counter(
    33,
    "active",
    [2, 3],
    "Active",
    "Guest memory that was touched in the last minute.",
    both(({ active }) => active),
  ),
  counter(
    37,
    "shared",
    [2, 3],
    "Shared",
    "Guest memory that other machines share.",
    both(({ shared }) => shared),
  ),
  counter(
    41,
    "zero",
    [2, 3],
    "Zero",
    "Guest memory that is all zero, and takes no host memory.",
    both(({ zero }) => zero),
  ),
  counter(45, "unreserved", [2, 3], "Unreserved", "Host memory that is not set aside for any machine.", {
    ofHost: (_figures, { memoryBytes, reservedBytes }) => kilobytes(Math.max(0, memoryBytes - reservedBytes)),
  }),
  counter(
    57,
    "sharedcommon",
    [2, 3],
    "Shared common",
    "Host memory behind all that machines share, each page counted once.",
    { ofHost: ({ common }) => kilobytes(common) },
  ),
  counter(70, "swapped", [2, 3], "Swapped", "Guest memory that was swapped out by the host.", { ofMachine: none }),
  counter(90, "vmmemctl", [1, 3], "Balloon", "Guest memory that a balloon has reclaimed.", {
    ofMachine: none,
    ofHost: none,
  }),
  counter(
    98,
    "consumed",
    [1, 3],
    "Consumed",
    "Host memory behind guest memory. What forks share counts with the machine they were forked from.",
    both(({ consumed }) => consumed),
  ),
  counter(
    102,
    "overhead",
    [1, 1],
    "Overhead",
    "Host memory that running a machine takes beside its guest's.",
    both(({ overhead }) => overhead),
  ),
  counter(105, "compressed", [2, 3], "Compressed", "Guest memory that is kept compressed.", {
    ofMachine: none,
    ofHost: none,
  }),
  counter(
    417,
    "activewrite",
    [2, 3],
    "Active write",
    "Guest memory that was written in the last minute.",
    both(({ written }) => written),
  ),
  counter(
    418,
    "overheadMax",
    [2, 3],
    "Reserved overhead",
    "Host memory that is set aside for a machine beside its guest's.",
    { ofMachine: ({ overhead }) => kilobytes(overhead) },
  ),
  counter(
    419,
    "totalCapacity",
    [2, 3],
    "Total capacity",
    "Host memory that there is.",
    { ofHost: (_figures, { memoryBytes }) => Math.round(memoryBytes / 2 ** 20) },
    "megaBytes",
  ),
  counter(
    423,
    "entitlement",
    [2, 3],
    "Entitlement",
    "Host memory that a machine may have now: no host is ever short of it, so what it has.",
    { ofMachine: ({ consumed }) => kilobytes(consumed) },
  ),
];

const byKey: ReadonlyMap<number, Counter> = new Map(counters.map((one) => [one.key, one]));

export const counterOf = (key: number): Counter | undefined => byKey.get(key);
