import type { PageStore } from "../cow/page-store.ts";
import type { InventoryRecord } from "./record.ts";
import type { Permission, Role, State } from "./state.ts";
import type { EventRecord, TaskRecord } from "./task-record.ts";

/** What reading needs: a state, its bytes and the moment. A draft is one too, so that the same functions read before and after. */
export interface View {
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly pages: PageStore;
  object(id: number): InventoryRecord | undefined;
  task(id: number): TaskRecord | undefined;
  event(key: number): EventRecord | undefined;
  permissions(entity: number): readonly Permission[];
  readonly roles: readonly Role[];
  /** The rest of the state; in a draft, as it was when the transaction began. */
  readonly state: State;
}

export function viewOf(state: State, pages: PageStore, seed: number, now: number): View {
  return {
    seed,
    now,
    pages,
    state,
    roles: state.roles,
    object: (id) => state.objects.get(id),
    task: (id) => state.tasks.get(id),
    event: (key) => state.events.get(key),
    permissions: (entity) => state.permissions.get(entity) ?? [],
  };
}
