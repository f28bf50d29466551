import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { taskRef } from "../state/id.ts";
import { exclude, firstOf, include } from "../state/several.ts";
import type { State } from "../state/state.ts";

// Tasks are numbered as they are asked for: the line at an entity is in the order of their numbers.

/** The task that an entity is busy with, if any. */
const holderOf = (state: Pick<State | Draft, "busy">, entity: number): number | undefined =>
  firstOf(state.busy.get(entity));

/** Throws TaskInProgress while a task is busy with an entity. */
export function requireIdle(state: State, entity: number): void {
  const holder = holderOf(state, entity);
  if (holder === undefined) return;
  const name = state.objects.get(entity)?.name ?? "The object";
  throw fault(
    "TaskInProgress",
    { task: taskRef(state.tasks.get(holder) ?? { id: holder }) },
    `'${name}' is busy with another task (task-${holder}). Wait for it to finish.`,
  );
}

/** Queues a task at an entity. True when it is its turn already. */
export function takePlace(tx: Draft, entity: number, task: number): boolean {
  include(tx.busy, entity, task);
  return holderOf(tx, entity) === task;
}

/** Takes a task out of the line. Returns the task whose turn has come by that, if any. */
export function free(tx: Draft, entity: number, task: number): number | undefined {
  const holder = holderOf(tx, entity);
  exclude(tx.busy, entity, task);
  return holder === task ? holderOf(tx, entity) : undefined;
}

/** Puts a task down for a moment (milliseconds since the epoch). Those of one moment go in the order of their numbers. */
export const schedule = (tx: Draft, due: number, task: number): void => include(tx.due, due, task);

export const unschedule = (tx: Draft, due: number, task: number): void => exclude(tx.due, due, task);

/** The task that is due first, and when. */
export function nextDue(state: State): { readonly due: number; readonly task: number } | undefined {
  const due = state.due.firstKey();
  const task = due === undefined ? undefined : firstOf(state.due.get(due));
  return due === undefined || task === undefined ? undefined : { due, task };
}
