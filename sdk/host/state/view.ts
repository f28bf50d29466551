import type { PageStore } from "../cow/page-store.ts";
import type { DeferredWrites } from "./deferred-writes.ts";
import type { InventoryRecord, Kind, RecordOf } from "./record.ts";
import type { Settings } from "./settings.ts";
import type { Account, Permission, Role, State } from "./state.ts";
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
  readonly settings: Settings;
  readonly accounts: readonly Account[];
  /** The rest of the state; in a draft, as it was when the transaction began. */
  readonly state: State;
  /** In a draft: bytes that are not in `pages` yet. */
  readonly deferred?: DeferredWrites;
}

export const noPermissions: readonly Permission[] = Object.freeze([]);

/** A state as it is read outside of a transaction. A class, as one is made for every call: its functions are not made anew. */
export class StateView implements View {
  readonly state: State;
  readonly pages: PageStore;
  readonly seed: number;
  readonly now: number;

  constructor(state: State, pages: PageStore, seed: number, now: number) {
    this.state = state;
    this.pages = pages;
    this.seed = seed;
    this.now = now;
  }

  get roles(): readonly Role[] {
    return this.state.roles;
  }
  get settings(): Settings {
    return this.state.settings;
  }
  get accounts(): readonly Account[] {
    return this.state.accounts;
  }
  object(id: number): InventoryRecord | undefined {
    return this.state.objects.get(id);
  }
  task(id: number): TaskRecord | undefined {
    return this.state.tasks.get(id);
  }
  event(key: number): EventRecord | undefined {
    return this.state.events.get(key);
  }
  permissions(entity: number): readonly Permission[] {
    return this.state.permissions.get(entity) ?? noPermissions;
  }
}

export const viewOf = (state: State, pages: PageStore, seed: number, now: number): StateView =>
  new StateView(state, pages, seed, now);

/** The record of that kind and number, which must exist: for links inside the state, not for what a caller names. */
export function record<K extends Kind>(view: View, kind: K, id: number): RecordOf<K> {
  const found = view.object(id);
  if (found && isKind(found, kind)) return found;
  throw new Error(`No ${kind} with number ${id} in the state.`);
}

/** Narrows a record to one kind. */
export function isKind<K extends Kind>(found: InventoryRecord, kind: K): found is RecordOf<K> {
  return found.kind === kind;
}
