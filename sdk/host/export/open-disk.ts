import type { DiskContent, Range } from "../../vmdk/index.ts";
import type { PageStore } from "../cow/page-store.ts";
import { invalidArgument } from "../faults.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { State } from "../state/state.ts";
import type { Universe } from "../state/universe.ts";
import { type DiskLevel, levelsOf } from "./disk-levels.ts";

/** One file of a chain that is to be written. */
interface OpenLevel {
  /** The file on its datastore: `golden/golden.vmdk`. */
  readonly path: string;
  /** All of the disk up to here. */
  readonly whole: DiskContent;
  /** What it holds that the next level does not; of the last one, everything. */
  readonly own: DiskContent;
  /** The same object as long as no call has changed the vCenter: what was worked out about the content still holds. */
  readonly version: object;
}

/** A disk as it was at one moment, with those that it is based on. Close it: it keeps the bytes of that moment alive. */
export interface OpenDisk {
  /** The topmost first. */
  readonly levels: readonly OpenLevel[];
  close(): void;
}

/** Opens a disk of a machine for reading as it is now, whatever becomes of the machine meanwhile. Constant time. */
export function openDisk({ view, state, pages: current }: Universe, machine: MachineRecord, key: number): OpenDisk {
  const disk = diskOf(machine, key);
  const levels = levelsOf(view, machine, disk);
  const pages = current.forkStore();
  return {
    levels: levels.map((level, index) => ({
      path: level.path,
      whole: contentOf(pages, level, undefined),
      own: contentOf(pages, level, levels[index + 1]),
      version: versionOf(state, level.space),
    })),
    close: () => pages.close(),
  };
}

function contentOf(pages: PageStore, { space, capacity }: DiskLevel, below: DiskLevel | undefined): DiskContent {
  return {
    capacity,
    ranges: (): Iterable<Range> => (below ? pages.differences(space, below.space) : pages.extents(space)),
    read: (address, target) => pages.readInto(space, address, target),
  };
}

function diskOf(machine: MachineRecord, key: number): MachineDisk {
  const found = key === 0 ? machine.disks[0] : machine.disks.find((disk) => disk.key === key);
  if (found) return found;
  const keys = machine.disks.map((disk) => disk.key).join(", ") || "none";
  throw invalidArgument(
    "disk",
    `'${machine.name}' has no disk ${key === 0 ? "at all" : `with the key ${key}`}. It has: ${keys}.`,
  );
}

const versions = new WeakMap<State, Map<number, object>>();

function versionOf(state: State, space: number): object {
  const known = versions.get(state) ?? new Map<number, object>();
  versions.set(state, known);
  const version = known.get(space) ?? {};
  known.set(space, version);
  return version;
}
