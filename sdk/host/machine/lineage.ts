import { PersistentMap } from "../cow/persistent-map.ts";
import type { Draft } from "../state/draft.ts";
import type { ForksRecord, GoneMachine, Making } from "../state/forks-record.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";

const neighbours = 64;

const nobody: ForksRecord = Object.freeze({
  counts: PersistentMap.empty<number>({ zero: 0, of: (count) => count }),
  gone: undefined,
});

/** A machine enters the inventory: it is known to the one that it was made from. */
export function joinLineage(tx: Draft, { id, source }: MachineRecord): void {
  const own = tx.forks.get(id);
  // One that comes back (it is registered again) while forks of it are there has never been forgotten.
  if (own?.gone) tx.forks.set(id, { ...own, gone: undefined });
  else if (source !== 0) count(tx, source, id, 1);
}

/** A machine leaves the inventory. As long as forks of it are there, it stays known who it was, and to whom it belonged. */
export function leaveLineage(tx: Draft, { id, name, source, made }: MachineRecord): void {
  const own = tx.forks.get(id);
  if (own) tx.forks.set(id, { ...own, gone: { name, source, made, at: tx.now } });
  else forget(tx, source, id);
}

/** A machine is gone, and so are those that were made from it; the last of a gone source's takes that along. */
function forget(tx: Draft, source: number, id: number): void {
  let gone = id;
  for (let from = source; from !== 0; ) {
    const { counts, gone: itself } = count(tx, from, gone, -1);
    if (counts.size > 0) return;
    tx.forks.delete(from);
    if (!itself) return;
    gone = from;
    from = itself.source;
  }
}

function count(tx: Draft, source: number, id: number, by: 1 | -1): ForksRecord {
  const known = tx.forks.get(source) ?? nobody;
  const key = Math.floor(id / neighbours);
  const left = (known.counts.get(key) ?? 0) + by;
  const next = { ...known, counts: left === 0 ? known.counts.delete(key) : known.counts.set(key, left) };
  tx.forks.set(source, next);
  return next;
}

/** How many machines were made from one; those that are gone count while forks of their own are there. */
export const forkCount = (view: View, id: number): number => view.state.forks.get(id)?.counts.total ?? 0;

/** A machine in a line of descent, gone or not. */
export interface Relative {
  readonly id: number;
  readonly name: string;
  readonly made: Making;
  /** Set when it is gone: since when, in milliseconds since the epoch. */
  readonly gone: number | undefined;
}

/** The machines that were made from one, in the order of their numbers. It costs as much as there are of them. */
export function* forksOf(view: View, source: number): Generator<Relative> {
  const { objects, forks } = view.state;
  for (const [key] of forks.get(source)?.counts.entries() ?? []) {
    const [first, end] = [key * neighbours, (key + 1) * neighbours];
    const found: Relative[] = [];
    for (const [id, object] of objects.from(first)) {
      if (id >= end) break;
      if (object.kind === "VirtualMachine" && object.source === source) found.push(living(object));
    }
    for (const [id, { gone }] of forks.from(first)) {
      if (id >= end) break;
      if (gone?.source === source) found.push(departed(id, gone));
    }
    yield* found.sort((a, b) => a.id - b.id);
  }
}

/** What a machine was made from, and that, and so on: the nearest first, as far as it is known. */
export function* ancestorsOf(view: View, machine: Pick<MachineRecord, "source">): Generator<Relative> {
  for (let id = machine.source; id !== 0; ) {
    const object = view.state.objects.get(id);
    const gone = view.state.forks.get(id)?.gone;
    if (object?.kind === "VirtualMachine") {
      yield living(object);
      id = object.source;
    } else if (gone) {
      yield departed(id, gone);
      id = gone.source;
    } else return;
  }
}

const living = ({ id, name, made }: MachineRecord): Relative => ({ id, name, made, gone: undefined });
const departed = (id: number, { name, made, at }: GoneMachine): Relative => ({ id, name, made, gone: at });
