import { asFault, type HostFault, invalidArgument, invalidPowerState, invalidState } from "../../faults.ts";
import { requireMemoryRoom } from "../../machine/memory-room.ts";
import { mix } from "../../random.ts";
import type { Draft } from "../../state/draft.ts";
import { newChain, post } from "../../state/event.ts";
import type { WorkloadRecord } from "../../state/guest-memory-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { Universe } from "../../state/universe.ts";
import { firstPage } from "./resident.ts";
import { interval, type Touch, touchPages } from "./touched.ts";

const pageBytes = 4096;
/** Touches in one transaction: what a client waits for at most. */
const most = 1024;

/** What a guest does to its memory, so that sharing decays as it does in life: the same as the transport offers. */
export interface Workload {
  /** How many pages of 4 KiB it touches in a second. 0 ends the workload there is. */
  readonly pagesPerSecond: number;
  /** For how long, in seconds of the host's clock. On the instant clock all of it is done at once. */
  readonly seconds: number;
  /** Bytes that it comes back to again and again. Default: 64 MiB, or all memory where that is less. */
  readonly workingSet?: number;
  /** The share of touches that fall into the working set, 0 to 1; all others fall anywhere. Default: 0.9. */
  readonly locality?: number;
  /** The share of touches that write, 0 to 1. Default: 0.5. */
  readonly writes?: number;
  /** A whole number: another one touches other pages. Default: 1. */
  readonly seed?: number;
}

/** Puts a guest to work. Takes the place of what it was doing. Throws InvalidArgument, InvalidPowerState, InvalidState. */
export function startWorkload(tx: Draft, machine: MachineRecord, workload: Workload): void {
  if (machine.power !== "poweredOn") throw invalidPowerState(machine.power, "poweredOn", machine.name);
  if (machine.frozen)
    throw invalidState(
      `'${machine.name}' is frozen at its fork point: nothing runs in it. Fork it, and let the fork work.`,
    );
  const { size } = tx.pages.figures(machine.memory);
  const { pagesPerSecond, seconds, workingSet = Math.min(size, 2 ** 26), locality = 0.9, writes = 0.5 } = workload;
  const { seed = 1 } = workload;
  requireNumber("pagesPerSecond", pagesPerSecond, 10_000_000);
  requireNumber("seconds", seconds, 10 * 365 * 86_400);
  requireNumber("workingSet", workingSet, size);
  requireNumber("locality", locality, 1);
  requireNumber("writes", writes, 1);
  if (!Number.isSafeInteger(seed)) throw invalidArgument("seed", `It must be a whole number, not ${seed}.`);
  const total = Math.round(pagesPerSecond * seconds);
  if (total === 0) {
    tx.workloads.delete(machine.id);
    return;
  }
  const pages = size / pageBytes;
  const set = Math.max(1, Math.ceil(workingSet / pageBytes));
  tx.workloads.set(machine.id, {
    pagesPerSecond,
    workingSet: set,
    first: Math.min(firstPage(pages), pages - set),
    locality,
    writes,
    seed,
    total,
    done: 0,
    since: tx.now,
    before: 0,
  });
}

function requireNumber(field: string, value: number, highest: number): void {
  if (!(typeof value === "number" && value >= 0 && value <= highest))
    throw invalidArgument(field, `It must be a number from 0 to ${highest}, not ${value}.`);
}

/** When guests at work are next to be looked after on a clock that stands still meanwhile; never where none is at work. */
export const nextWork = ({ state, now }: Universe): number =>
  state.workloads.size === 0 ? Number.POSITIVE_INFINITY : (Math.floor(now / interval) + 1) * interval;

/** Does what all guests at work have to do until a moment; all there is to do where time does not pass. */
export function runWorkloads(universe: Universe, until: number | "the end"): void {
  for (const id of [...universe.state.workloads.keys()]) {
    while (universe.transact((tx) => step(tx, id, until)));
  }
}

/** Does a part of what is due. True when there is more. */
function step(tx: Draft, id: number, until: number | "the end"): boolean {
  const work = tx.workloads.get(id);
  const machine = tx.object(id);
  if (!work || machine?.kind !== "VirtualMachine") return false;
  if (machine.power !== "poweredOn" || machine.frozen) {
    // Time passes, but not for this guest.
    if (until !== "the end") tx.workloads.set(id, { ...work, since: until, before: work.done });
    return false;
  }
  const passed = until === "the end" ? work.total : Math.floor(((until - work.since) / 1000) * work.pagesPerSecond);
  const due = Math.min(work.total, until === "the end" ? work.total : work.before + passed);
  const end = Math.min(due, work.done + most);
  if (end <= work.done) return false;
  const refused = touch(tx, machine, work, end);
  if (refused) stop(tx, machine, refused);
  else if (end === work.total) tx.workloads.delete(id);
  else tx.workloads.set(id, { ...work, done: end });
  return !refused && end < due;
}

/** Touches pages, up to a number of them in all. Gives back why not, if there is no room for what it would write. */
function touch(tx: Draft, machine: MachineRecord, work: WorkloadRecord, end: number): HostFault | undefined {
  const { memory } = machine;
  const pages = tx.pages.figures(memory).size / pageBytes;
  const touches: Touch[] = [];
  const writes: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  for (let i = work.done; i < end; i++) {
    // Forks of one guest at work go their own ways.
    const chance = (n: number) => mix(work.seed, machine.id, i, n);
    const near = chance(1) < work.locality * 2 ** 32;
    const first = near ? work.first + (chance(2) % work.workingSet) : chance(2) % pages;
    const written = chance(3) < work.writes * 2 ** 32;
    touches.push({ first, count: 1, written });
    if (!written) continue;
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setUint32(0, chance(4));
    new DataView(bytes.buffer).setUint32(4, i + 1);
    writes.push({ address: first * pageBytes + (chance(5) % (pageBytes / 8)) * 8, bytes });
  }
  const fresh = new Map(writes.map((write) => [Math.floor(write.address / pageBytes), write]));
  let needed = 0;
  for (const { address, bytes } of fresh.values()) needed += tx.pages.cost(memory, address, bytes) * pageBytes;
  try {
    if (needed > 0) requireMemoryRoom(tx, machine, needed);
  } catch (error) {
    return asFault(error);
  }
  touchPages(tx, machine.id, touches);
  // Last, when nothing can fail any more.
  for (const { address, bytes } of writes) tx.pages.write(memory, address, bytes);
  return undefined;
}

/** There is no room for what a guest writes: it stops working, and says so. */
function stop(tx: Draft, machine: MachineRecord, why: HostFault): void {
  tx.workloads.delete(machine.id);
  const message = `The guest of '${machine.name}' stopped working: ${why.message}`;
  post(tx, { user: "", chain: newChain(tx) }, "VmMessageErrorEvent", { vm: machine, more: { message } });
}
