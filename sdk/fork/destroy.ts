import { VsphereError } from "../errors.ts";
import type { ProgressOptions } from "../progress.ts";
import { retrieve } from "../property/retrieve.ts";
import type { Session } from "../session.ts";
import type { Kin } from "../transport/transport.ts";
import type { ManagedType, Methods, Ref } from "../vim/index.ts";
import { recordsOf } from "./lineage.ts";

/**
 * What becomes of the machines that need files of one that is to be destroyed: instant clones, linked clones, and theirs.
 *
 * - `keep` (the default, and what vSphere does): they live on. The files that they are based on stay, without an owner, until the
 *   last of them is gone.
 * - `refuse`: nothing is destroyed, and the error names them.
 * - `cascade`: they are destroyed first, those that run after they were powered off.
 * - `compact`: each first gets files of its own (`PromoteDisks_Task`), so that none has to stay. They must be off.
 */
export type ForksChoice = "keep" | "refuse" | "cascade" | "compact";

export interface DestroyOptions extends ProgressOptions {
  /** What becomes of machines that need this one's files. Default: `keep`. */
  readonly forks?: ForksChoice | undefined;
}

type Machine = Ref<"VirtualMachine">;
type TaskMethod = "Destroy_Task" | "PowerOffVM_Task" | "PromoteDisks_Task";

/** Does what was chosen about the machines that need one that is to be destroyed. That one itself is the caller's to destroy. */
export async function settleForks(session: Session, vm: Machine, options: DestroyOptions): Promise<void> {
  const { forks: choice = "keep" } = options;
  if (choice === "keep") return;
  const needing = await recordsOf(session).kin(vm, "dependants");
  if (needing.length === 0) return;
  if (choice === "refuse") throw inUse(needing);
  const refs = needing.map(({ ref }) => ref);
  const states = await powerStates(session, [vm, ...refs]);
  // Whatever would fail at the end fails before anything was done.
  if (states[0] === "poweredOn") throw running("It", "power it off first");
  if (choice === "compact") {
    const on = needing.filter((_, i) => states[i + 1] !== "poweredOff");
    if (on.length > 0) throw running(named(on), "disks can be promoted only of machines that are off");
  }
  // Each after those that were made from it.
  for (const [done, { ref }] of [...needing].reverse().entries()) {
    options.signal?.throwIfAborted();
    if (choice === "compact") await run(session, ref, "PromoteDisks_Task", { unlink: true });
    else await destroy(session, ref, states[refs.indexOf(ref) + 1]);
    options.onProgress?.({
      activity: choice === "compact" ? "Compacting forks" : "Destroying forks",
      done: done + 1,
      total: needing.length,
      failed: 0,
    });
  }
}

async function destroy(session: Session, ref: Machine, state: string | undefined): Promise<void> {
  if (state !== "poweredOff") await run(session, ref, "PowerOffVM_Task", {});
  await run(session, ref, "Destroy_Task", {});
}

type Args<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { args: infer A } ? A : never;

async function run<M extends TaskMethod>(
  session: Session,
  ref: Machine,
  method: M,
  args: Args<"VirtualMachine", M>,
): Promise<void> {
  const task: unknown = await session.call<"VirtualMachine", M>(ref, method, args);
  await session.task(task as Ref<"Task">).wait();
}

async function powerStates(session: Session, refs: readonly Machine[]): Promise<(string | undefined)[]> {
  const rows = await retrieve<"VirtualMachine", "runtime.powerState">(session, refs, ["runtime.powerState"], {});
  return rows.map((row) => row["runtime.powerState"]);
}

const named = (machines: readonly Kin[]): string => {
  const some = machines.slice(0, 5).map(({ name }) => `'${name}'`);
  return machines.length > some.length
    ? `${some.join(", ")} and ${machines.length - some.length} more`
    : some.join(", ");
};

const inUse = (needing: readonly Kin[]) =>
  new VsphereError(
    "ResourceInUse",
    `${named(needing)} are based on its files. Choose what becomes of them: keep, cascade or compact.`,
  );

const running = (who: string, why: string) => new VsphereError("InvalidPowerState", `${who} must not run: ${why}.`);
