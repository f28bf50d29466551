import type { Progress, Ref, Task, VirtualMachine } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import type { CommandContext } from "../language/index.ts";
import { task as taskKind } from "./kinds/task.ts";
import { load } from "./load.ts";
import { isRef } from "./values.ts";
import type { Kind, VIObject } from "./vi-object.ts";

const isMachine = (ref: Ref): ref is Ref<"VirtualMachine"> => ref.type === "VirtualMachine";

/** The SDK's object behind one of the shell's. */
export async function machineOf(object: VIObject): Promise<VirtualMachine> {
  const { objectOf } = await import("../../sdk/index.ts");
  if (isMachine(object.ref)) return objectOf(object.connection.session, object.ref);
  throw scriptError(`'${object.name}' is not a virtual machine.`, {
    category: "InvalidArgument",
    target: object,
  });
}

/** What long tasks tell the terminal. */
export const shown = (ctx: CommandContext<unknown>) => (progress: Progress) =>
  void ctx.progress({
    activity: progress.activity,
    current: progress.done,
    total: progress.total,
  });

/**
 * Starts a task on one object and waits for it, or puts the task out. What fails is a non-terminating error that names the
 * object: the others of a pipeline go on.
 */
export async function act(
  ctx: CommandContext<unknown>,
  object: VIObject,
  start: (vm: VirtualMachine) => Promise<Task<unknown>>,
  after: { readonly runAsync: boolean; readonly show?: Kind | undefined },
): Promise<void> {
  try {
    const task = await start(await machineOf(object));
    if (after.runAsync) {
      for (const shownTask of await load(object.connection, taskKind, [task.ref], ctx.signal))
        await ctx.write(shownTask);
      return;
    }
    const { result } = await task.wait({
      signal: ctx.signal,
      onProgress: shown(ctx),
    });
    const ref = isRef(result) ? result : object.ref;
    if (after.show)
      for (const made of await load(object.connection, after.show, [ref], ctx.signal)) await ctx.write(made);
  } catch (error) {
    ctx.signal.throwIfAborted();
    await ctx.error(error instanceof Error ? error : String(error), {
      target: object,
    });
  }
}

const isTask = (ref: Ref): ref is Ref<"Task"> => ref.type === "Task";

/** The SDK's task behind one of the shell's. */
export async function taskOf(object: VIObject): Promise<Task> {
  const { objectOf } = await import("../../sdk/index.ts");
  if (isTask(object.ref)) return objectOf(object.connection.session, object.ref);
  throw scriptError(`'${object.name}' is not a task.`, {
    category: "InvalidArgument",
    target: object,
  });
}
