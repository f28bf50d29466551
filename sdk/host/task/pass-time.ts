import { nextWork, runWorkloads } from "../guest/memory/workload.ts";
import type { Universe } from "../state/universe.ts";
import type { TaskEngine } from "./engine.ts";
import { nextDue } from "./locks.ts";

/** How often guests at work are looked after on the wall clock, in milliseconds. */
const workEvery = 100;

/** Logical time passes up to a moment: what is due on the way is done when it is due. */
export function passTime(universe: Universe, engine: TaskEngine, until: number): void {
  const next = () => Math.min(nextDue(universe.state)?.due ?? Number.POSITIVE_INFINITY, nextWork(universe));
  for (let at = next(); at <= until; at = next()) {
    universe.setTime(Math.max(at, universe.now));
    runWorkloads(universe, at);
    engine.runDue();
  }
  universe.setTime(until);
  runWorkloads(universe, until);
}

/** Does what is due on the wall clock. */
export function catchUp(universe: Universe, engine: TaskEngine): void {
  runWorkloads(universe, universe.now);
  engine.runDue();
}

/** When there is next something to be done on the wall clock; undefined: nothing is waited for. */
export function nextMoment({ state, now }: Universe): number | undefined {
  const due = nextDue(state)?.due;
  if (state.workloads.size === 0) return due;
  // The same moment for all that ask until then: whoever commits often must not put it off.
  return Math.min(due ?? Number.POSITIVE_INFINITY, (Math.floor(now / workEvery) + 1) * workEvery);
}
