import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { refIn } from "../../../sdk/host/arguments/scalar.ts";
import { HostFault } from "../../../sdk/host/faults.ts";
import { Host } from "../../../sdk/host/host.ts";
import { managedType, typeNames } from "../../../sdk/vim/schema.ts";
import { Caller } from "./caller.ts";
import { brokenInvariants } from "./invariants.ts";
import { Dice, knownTo, someCall } from "./some-call.ts";

const base = Host.start({ seed: 1 });
afterAll(() => base.close());

const everyType = typeNames("managed");
const everyMethod = [...new Set(everyType.flatMap((name) => [...(managedType(name)?.methods.keys() ?? [])]))];

/** Whatever is called, the answer is an answer or a HostFault, and a fault leaves everything as it was. */
async function callAndCheck(caller: Caller, on: unknown, method: unknown, args: unknown): Promise<unknown> {
  const { universe } = caller.host;
  const { state } = universe;
  const { unique } = universe.pages;
  const abort = new AbortController();
  let answer: unknown;
  try {
    answer = caller.call(on, method, args, abort.signal);
  } catch (error) {
    expect(error).toBeInstanceOf(HostFault);
    expectNoMistake(error);
    expect(universe.state).toBe(state);
    expect(universe.pages.unique).toBe(unique);
    return undefined;
  }
  if (answer instanceof Promise) {
    // Waiting for updates may take for ever: nobody else changes anything here.
    queueMicrotask(() => abort.abort());
    await answer.catch((error: unknown) => abort.signal.aborted || expect(error).toBeInstanceOf(HostFault));
    return undefined;
  }
  const task = universe.state.tasks.get(state.nextTask);
  if (task?.state !== "error") return task?.result ?? answer;
  // A task that failed has changed nothing but the list of tasks.
  expectNoMistake(task.error);
  const { tasks, finished, nextTask, time, ...rest } = universe.state;
  for (const name of Object.keys(rest) as (keyof typeof rest)[]) expect(rest[name]).toBe(state[name]);
  expect(universe.pages.unique).toBe(unique);
  return undefined;
}

/** Some faults are SystemErrors; those for what we did not think of say so. */
function expectNoMistake(error: unknown): void {
  const message = error instanceof Error ? error.message : JSON.stringify(error);
  expect(message).not.toContain("The simulated vCenter failed");
}

describe("a host that is called with anything", () => {
  it("answers any JavaScript value at all with a fault and changes nothing", async () => {
    const caller = new Caller(base);
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withNullPrototype: true,
    });
    const id = fc.oneof(fc.string(), fc.constantFrom("vm-23", "group-v3", "SessionManager", "task-1"), value);
    const ref = fc.oneof(value, fc.record({ type: fc.oneof(fc.constantFrom(...everyType), value), value: id }));
    const method = fc.oneof(value, fc.constantFrom(...everyMethod));
    await fc.assert(
      fc.asyncProperty(ref, method, value, async (...call) => {
        await callAndCheck(caller, ...call);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps its lists in step through any calls that are right, or nearly right, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const dice = new Dice(seed);
        const caller = new Caller(base.fork());
        const known = knownTo(caller);
        for (let i = 0; i < 30; i++) {
          const { on, method, args } = someCall(dice, known);
          const made = refIn(await callAndCheck(caller, on, method, args));
          if (made && !known.refs.some(({ value }) => value === made.value)) known.refs.push(made);
        }
        expect(brokenInvariants(caller.host)).toEqual([]);
        caller.close();
      }),
      { numRuns: 150 },
    );
  });
});
