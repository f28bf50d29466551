import { equal } from "node:assert/strict";
import { it } from "vitest";
import { happenings, Trial } from "../sdk/host/machine/trial.ts";

const steps = Number(process.env.FARGO_STEPS ?? 50_000);
const seed = Number(process.env.FARGO_SEED ?? 1);
/** Steps until everything is destroyed and a new room is opened. */
const most = 250;

/** The same numbers for the same seed, from 0 to `below`: Park and Miller's generator. */
function numbers(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/**
 * The whole machine room against a naive model: forks, clones of all kinds, snapshots, migrations, disks of all modes, writes, tasks
 * that are cancelled in any phase, twins and marks. After every step contents, figures, accounts and all that is kept twice are
 * compared; after every room nothing may be left. A failure names the room, which can be opened again alone.
 */
it(`agrees with a naive model for ${steps} steps`, { timeout: 3_600_000 }, () => {
  let done = 0;
  for (let room = seed; done < steps; room++) {
    const next = numbers(room * 7_919 + 1);
    const trial = new Trial({ slow: next(3) === 0 });
    let at = "the beginning";
    try {
      for (let i = 0; i < most && done < steps; i++, done++) {
        const [name, pick, n] = [happenings[next(happenings.length)] ?? "notes", next(1000), next(1000)];
        at = `step ${i} (${name}, ${pick}, ${n})`;
        trial.step(name, pick, n);
        trial.check();
      }
      at = "the end";
      trial.end();
    } catch (error) {
      throw new Error(`Room ${room} (FARGO_SEED=${room}) disagrees at ${at}.`, { cause: error });
    } finally {
      trial.close();
    }
  }
  equal(done, steps);
});
