import { PersistentMap } from "../cow/persistent-map.ts";
import { idOf } from "../state/id.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { State } from "../state/state.ts";
import type { TaskRecord } from "../state/task-record.ts";

export interface Change<R> {
  readonly id: number;
  /** Undefined: it was not there. */
  readonly before: R | undefined;
  /** Undefined: it is gone. */
  readonly after: R | undefined;
}

/** What differs between two states. */
export interface Changes {
  readonly objects: readonly Change<InventoryRecord>[];
  readonly tasks: readonly Change<TaskRecord>[];
  readonly events: boolean;
  /** Who may do what has changed somewhere. */
  readonly permissions: boolean;
  readonly settings: boolean;
}

/** Whether there was one object, and another of the same number after it: in a state that was restored, numbers count anew. */
export function isOther({ before, after }: Change<InventoryRecord>): boolean {
  return before !== undefined && after !== undefined && idOf(before) !== idOf(after);
}

/** What differs between two states, found by comparing identities: it costs the difference, not the inventory. */
export function changesBetween(from: State, to: State): Changes {
  const objects: Change<InventoryRecord>[] = [];
  const tasks: Change<TaskRecord>[] = [];
  PersistentMap.diff(from.objects, to.objects, (id, before, after) => objects.push({ id, before, after }));
  PersistentMap.diff(from.tasks, to.tasks, (id, before, after) => tasks.push({ id, before, after }));
  const permissions = from.permissions !== to.permissions || from.roles !== to.roles;
  return { objects, tasks, events: from.events !== to.events, permissions, settings: from.settings !== to.settings };
}
