import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { taskRef } from "../state/id.ts";
import type { State } from "../state/state.ts";

/** The task that an entity is busy with, if any. */
export function holderOf(state: State, entity: number): number | undefined {
  return state.busy.get(entity)?.[0];
}

/** Throws TaskInProgress while a task is busy with an entity. */
export function requireIdle(state: State, entity: number, name: string): void {
  const holder = holderOf(state, entity);
  if (holder === undefined) return;
  throw fault(
    "TaskInProgress",
    { task: taskRef(holder) },
    `'${name}' is busy with another task (task-${holder}). Wait for it to finish.`,
  );
}

/** Queues a task at an entity. True when it is its turn already. */
export function takePlace(tx: Draft, entity: number, task: number): boolean {
  const line = tx.busy.get(entity) ?? [];
  tx.busy.set(entity, [...line, task]);
  return line.length === 0;
}

/** Takes a task out of the line. Returns the task whose turn has come by that, if any. */
export function free(tx: Draft, entity: number, task: number): number | undefined {
  const line = tx.busy.get(entity) ?? [];
  const rest = line.filter((other) => other !== task);
  if (rest.length > 0) tx.busy.set(entity, rest);
  else tx.busy.delete(entity);
  return line[0] === task ? rest[0] : undefined;
}
