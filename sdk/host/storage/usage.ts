import type { PageStore } from "../cow/page-store.ts";
import type { DiskLayer, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { swapBytes } from "./files.ts";

/** The unit in which the page store counts. */
export const pageBytes = 4096;

/**
 * The page store's figures of a machine, in pages: of its memory those with content and those that only it can reach, then the
 * same of each disk in turn.
 */
export type MachineFigures = readonly number[];

export function machineFigures(machine: MachineRecord, pages: PageStore): MachineFigures {
  const figures: number[] = [];
  const add = (space: number) => {
    const { mapped, private: own } = space === 0 ? nothing : pages.figures(space);
    figures.push(mapped, own);
  };
  add(machine.memory);
  for (const disk of machine.disks) add(disk.space);
  return figures;
}

const nothing = Object.freeze({ mapped: 0, private: 0 });

/** Pages of a machine's memory, or of its disk at an index: all with content, and those of its own. */
export function pagesOf(figures: MachineFigures, disk?: number): { readonly mapped: number; readonly own: number } {
  const at = disk === undefined ? 0 : 2 + 2 * disk;
  return { mapped: figures[at] ?? 0, own: figures[at + 1] ?? 0 };
}

/**
 * Bytes that each file of a disk holds, the topmost first. A thick file takes its capacity whatever is in it. What only this
 * machine reaches is in its topmost file. A file that was closed by one above it is as long as it was then (`blocks`); where that
 * is not known, it has what is left, the lowest such file that is.
 */
export function fileBytesOf(disk: MachineDisk, pages: { readonly mapped: number; readonly own: number }): number[] {
  const layers: DiskLayer[] = [];
  for (let at: DiskLayer | undefined = disk.layer; at; at = at.parent) layers.push(at);
  if (layers.length === 1) return [disk.layer.thick > 0 ? disk.layer.thick : pages.mapped * pageBytes];
  let rest = pages.mapped;
  let open = -1;
  const sizes = layers.map((layer, level) => {
    const blocks = layer.blocks ?? (level === 0 ? pages.own : undefined);
    if (blocks === undefined) open = level;
    rest -= blocks ?? 0;
    return layer.thick > 0 ? layer.thick : (blocks ?? 0) * pageBytes;
  });
  if (open > 0 && sizes[open] === 0) sizes[open] = Math.max(0, rest) * pageBytes;
  return sizes;
}

/** Bytes in a machine's swap file: what a fork has written to its memory, or all that another machine may have to swap. */
export function swapFileBytes(machine: MachineRecord, figures: MachineFigures): number {
  if (machine.memory === 0) return 0;
  return machine.forked ? pagesOf(figures).own * pageBytes : swapBytes(machine);
}
