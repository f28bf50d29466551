import { touchedPages } from "../guest/memory/touched.ts";
import { overheadBytes } from "../machine/overhead.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { memoryPages } from "../storage/accounts.ts";

const pageBytes = 4096;

/** A running machine's memory at this moment, in bytes; all zero but the size of one that does not run. */
export interface MachineMemory {
  readonly size: number;
  /** With content, and all zero. */
  readonly mapped: number;
  readonly zero: number;
  /** That no other machine or snapshot reaches, and that others reach as well. */
  readonly own: number;
  readonly shared: number;
  /** Touched, and written, in the last minute. */
  readonly active: number;
  readonly written: number;
  readonly consumed: number;
  readonly overhead: number;
}

/** The same of all machines that run on a host, added up; but `consumed` and `common` count each page once. */
export interface HostMemory extends MachineMemory {
  /** Host memory behind what machines share. */
  readonly common: number;
}

export function machineMemory(view: View, machine: MachineRecord): MachineMemory {
  const size = machine.base.memoryMB * 2 ** 20;
  if (machine.power !== "poweredOn" || machine.memory === 0) return { ...nothing, size };
  const figures = view.pages.figures(machine.memory);
  const { touched, written } = touchedPages(view, machine.id);
  const mapped = figures.mapped * pageBytes;
  const own = figures.private * pageBytes;
  return {
    size,
    mapped,
    zero: size - mapped,
    own,
    shared: mapped - own,
    active: touched * pageBytes,
    written: written * pageBytes,
    consumed: consumedBytes(machine, { mapped, own }),
    overhead: overheadBytes(machine),
  };
}

/**
 * Host memory behind a machine. Pages that forks share with their source count with the source, so that the machines of a host add
 * up to what the host has in use.
 */
export const consumedBytes = (
  machine: Pick<MachineRecord, "forked">,
  { mapped, own }: { readonly mapped: number; readonly own: number },
): number => (machine.forked ? own : mapped);

/** Looks at every machine of a host: what they share is not counted anywhere. */
export function hostMemory(view: View, host: HostRecord): HostMemory {
  const sum = { ...nothing };
  for (const id of host.vms.keys()) {
    const machine = view.object(id);
    if (machine?.kind !== "VirtualMachine" || machine.power !== "poweredOn") continue;
    const one = machineMemory(view, machine);
    // `consumed` is not added up: pages that machines share are there once.
    for (const figure of added) sum[figure] += one[figure];
  }
  const consumed = memoryPages(view, host.id) * pageBytes;
  return { ...sum, consumed, common: Math.max(0, consumed - sum.own) };
}

const added = ["size", "mapped", "zero", "own", "shared", "active", "written", "overhead"] as const;

const nothing = Object.freeze({
  size: 0,
  mapped: 0,
  zero: 0,
  own: 0,
  shared: 0,
  active: 0,
  written: 0,
  consumed: 0,
  overhead: 0,
});
