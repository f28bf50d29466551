import { UsageError } from "../exit.ts";
import type { VcsimFlags } from "./vcsim-flags.ts";

/** How long calls and tasks are to take, in milliseconds. */
export interface Delays {
  /** Of a call, each time anew where there is jitter; undefined: none is delayed. */
  readonly call: ((method: string) => number) | undefined;
  /** Of tasks, by the method that starts them; undefined: none is delayed. */
  readonly tasks: Readonly<Record<string, number>> | undefined;
}

type DelayFlags = Pick<VcsimFlags, "delay" | "method-delay" | "delay-jitter">;

/** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller). */
const normal = (chance: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

function perMethod(text: string): Map<string, number> {
  const delays = new Map<string, number>();
  for (const item of text.split(",").map((part) => part.trim())) {
    if (item === "" && text.trim() === "") break;
    const match = /^([A-Za-z]\w*):(-?\d+)$/.exec(item);
    const [, name, ms] = match ?? [];
    if (name === undefined) {
      throw new UsageError(
        `-method-delay is written as PowerOnVM_Task:100,CloneVM:2000, and ${JSON.stringify(item)} is not`,
      );
    }
    delays.set(name, Number(ms));
  }
  return delays;
}

/**
 * What the flags for delays ask for, as vcsim has it: `-delay` holds for every call, a method's own comes on top, the jitter is a
 * deviation from both. A name that ends in `_Task` (`PowerOnVM_Task`) delays the call that starts a task, one without (`PowerOnVM`,
 * and as vcsim calls it `PowerOn`) the task itself.
 *
 * @throws UsageError
 */
export function delaysOf(flags: DelayFlags, chance: () => number = Math.random): Delays {
  const methods = perMethod(flags["method-delay"]);
  // one of vcsim's own, about its locks
  methods.delete("LockHandoff");
  const { delay, "delay-jitter": jitter } = flags;
  const call = (method: string): number => {
    const wanted = Math.max(0, delay) + (methods.get(method) ?? 0);
    return Math.max(0, jitter > 0 ? Math.trunc(wanted + normal(chance) * jitter * wanted) : wanted);
  };
  const tasks = [...methods].filter(([name, ms]) => !name.endsWith("_Task") && ms > 0);
  return {
    call: delay > 0 || methods.size > 0 ? call : undefined,
    tasks:
      tasks.length === 0
        ? undefined
        : Object.fromEntries([
            ["*", 0],
            ...tasks.flatMap(([name, ms]) => [`${name}VM_Task`, `${name}_Task`].map((task) => [task, ms] as const)),
          ]),
  };
}
