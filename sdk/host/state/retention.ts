import type { Draft } from "./draft.ts";

/** How much history is kept, as a number of entries. vCenter keeps days; a simulator that forks by the thousand counts. */
export interface Retention {
  /** Finished tasks. */
  readonly tasks: number;
  readonly events: number;
}

export const defaultRetention: Retention = Object.freeze({ tasks: 10_000, events: 10_000 });

/** Forgets the oldest finished tasks and the oldest events beyond what is kept. Running tasks always stay. */
export function prune(tx: Draft, retention: Retention): void {
  // Event keys have no gaps: only the oldest is ever removed.
  for (let count = tx.eventCount; count > retention.events; count--) tx.removeEvent(tx.nextEvent - count);
  if (tx.taskCount <= retention.tasks) return;
  for (const task of tx.state.tasks.values()) {
    if (tx.taskCount <= retention.tasks) break;
    if (tx.task(task.id)?.work === undefined) tx.removeTask(task.id);
  }
}
