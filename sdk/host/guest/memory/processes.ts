import { requireMemoryRoom } from "../../machine/memory-room.ts";
import { mix } from "../../random.ts";
import type { Draft } from "../../state/draft.ts";
import type { ResidentPages } from "../../state/guest-memory-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { freePages, takePages } from "./resident.ts";
import { type Touch, touchPages } from "./touched.ts";

const pageBytes = 4096;
/** Pages that a shell with a small script has dirtied when it gets to work, and that it writes each time it goes on. Assumed. */
const program = { pages: 16, written: 4 } as const;

/**
 * Keeps a guest's memory in step with its programs: one that runs holds pages and writes to them, those of one that is over are
 * free. `ran` is the number of the program that has just done something, 0 for none.
 */
export function settleProcesses(tx: Draft, machine: MachineRecord, ran: number): void {
  if (machine.memory === 0) return;
  const list = machine.guest.programs?.list ?? [];
  const running = new Set(list.flatMap(({ pid, script }) => (script ? [pid] : [])));
  const resident = tx.guestMemory.get(machine.id)?.resident ?? [];
  const held = new Set(resident.map(({ process }) => process));
  // One that began and ended in one go has worked in memory too.
  const atWork = ran === 0 || held.has(ran) ? running : new Set([...running, ran]);
  for (const process of atWork) {
    if (!held.has(process)) {
      // A guest that is out of memory swaps: it goes on in the pages that it has.
      const taken = takePages(tx, machine, process, program.pages);
      if (taken) write(tx, machine, taken, program.pages);
    } else if (process === ran) {
      const own = resident.filter((run) => run.process === process);
      write(tx, machine, own, program.written);
    }
  }
  for (const process of new Set([...held, ...atWork])) if (!running.has(process)) freePages(tx, machine.id, process);
}

/** Fills the first pages of a program's with what no other page has. Where the host has no room for them, they stay as they are. */
function write(tx: Draft, machine: MachineRecord, runs: readonly ResidentPages[], most: number): void {
  const pages = new Map<number, Uint8Array>();
  const touches: Touch[] = [];
  for (const { first, count } of runs) {
    const taken = Math.min(count, most - pages.size);
    for (let page = first; page < first + taken; page++) pages.set(page, contentOf(tx, machine.id, page));
    if (taken > 0) touches.push({ first, count: taken, written: true });
  }
  let needed = 0;
  for (const [page, bytes] of pages) needed += tx.pages.cost(machine.memory, page * pageBytes, bytes) * pageBytes;
  if (needed > 0 && !hasRoom(tx, machine, needed)) return;
  touchPages(tx, machine.id, touches);
  tx.deferred.write(machine.memory, pages, machine.forked ? machine.datastore : 0, machine.forked ? needed : 0);
}

function hasRoom(tx: Draft, machine: MachineRecord, needed: number): boolean {
  try {
    requireMemoryRoom(tx, machine, needed);
    return true;
  } catch {
    return false;
  }
}

/** The clock makes it another content each time. */
function contentOf(tx: Draft, machine: number, page: number): Uint8Array {
  const words = new Uint32Array(pageBytes / 4);
  const start = mix(tx.seed, machine, page, tx.now, Math.floor(tx.now / 2 ** 32));
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(start + i, 0x9e3779b1) | 1;
  return new Uint8Array(words.buffer);
}
