import type { Draft } from "../../state/draft.ts";
import type { ResidentPages } from "../../state/guest-memory-record.ts";
import type { View } from "../../state/view.ts";
import { nothingKnown } from "./touched.ts";

/**
 * A guest's own page allocator: which pages of its physical memory its processes hold. The lower quarter is the kernel's and its
 * caches'. Freed pages keep their bytes, as in life: they stay this machine's own until the machine ends.
 */
const kernel = 1 / 4;

/** The first page that a process can have. */
export const firstPage = (pages: number): number => Math.floor(pages * kernel);

/**
 * Finds free pages for a process, as few runs of neighbours as there can be from where the search last ended; undefined when the
 * guest has not so many left. Nothing is taken yet.
 */
export function findPages(
  resident: readonly ResidentPages[],
  next: number,
  pages: number,
  wanted: number,
): readonly Omit<ResidentPages, "process">[] | undefined {
  const gaps: { first: number; count: number }[] = [];
  let at = firstPage(pages);
  for (const { first, count } of resident) {
    if (first > at) gaps.push({ first: at, count: first - at });
    at = Math.max(at, first + count);
  }
  if (at < pages) gaps.push({ first: at, count: pages - at });
  const behind = gaps.flatMap(({ first, count }) => cut(Math.max(first, next), first + count));
  const before = gaps.flatMap(({ first, count }) => cut(first, Math.min(first + count, next)));
  const found: { first: number; count: number }[] = [];
  let left = wanted;
  for (const { first, count } of [...behind, ...before]) {
    if (left === 0) break;
    const taken = Math.min(left, count);
    found.push({ first, count: taken });
    left -= taken;
  }
  return left === 0 ? found : undefined;
}

const cut = (first: number, end: number) => (end > first ? [{ first, count: end - first }] : []);

/** Gives pages to a process. Gives back which, in the order in which they were found; undefined when the guest is out of memory. */
export function takePages(
  tx: Draft,
  machine: { readonly id: number; readonly memory: number },
  process: number,
  wanted: number,
): readonly ResidentPages[] | undefined {
  const before = tx.guestMemory.get(machine.id) ?? nothingKnown;
  const pages = tx.pages.figures(machine.memory).size / 4096;
  const found = findPages(before.resident, before.next, pages, wanted);
  if (!found) return undefined;
  const taken = found.map((run) => ({ process, ...run }));
  const last = taken.at(-1);
  const resident = [...before.resident, ...taken].sort((a, b) => a.first - b.first);
  tx.guestMemory.set(machine.id, { ...before, resident, next: last ? last.first + last.count : before.next });
  return taken;
}

/** A process ends: its pages are free again. */
export function freePages(tx: Draft, machine: number, process: number): void {
  const before = tx.guestMemory.get(machine);
  if (!before?.resident.some((run) => run.process === process)) return;
  const resident = before.resident.filter((run) => run.process !== process);
  tx.guestMemory.set(machine, { ...before, resident });
}

/** Pages of a guest's memory that a process holds. */
export const residentPages = (view: View, machine: number, process: number): number =>
  (view.state.guestMemory.get(machine)?.resident ?? []).reduce(
    (sum, run) => (run.process === process ? sum + run.count : sum),
    0,
  );
