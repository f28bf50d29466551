import type { Core } from "../core.ts";
import type { PageStore } from "../cow/page-store.ts";
import type { Reader } from "../properties/derivation.ts";
import type { Session } from "../session/session.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { Settings } from "../state/settings.ts";
import type { Account, Permission, Role, State } from "../state/state.ts";
import type { EventRecord, TaskRecord } from "../state/task-record.ts";
import { noPermissions } from "../state/view.ts";

/** A state as a session sees it. Bytes and the time are always those of now: an answer in pages may outlive the store it began with. */
class SessionReader implements Reader {
  readonly core: Core;
  readonly session: Session | undefined;
  readonly state: State;

  constructor(core: Core, session: Session | undefined, state: State) {
    this.core = core;
    this.session = session;
    this.state = state;
  }

  get pages(): PageStore {
    return this.core.universe.pages;
  }
  get now(): number {
    return this.core.universe.now;
  }
  get seed(): number {
    return this.core.universe.options.seed;
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

/** Reads a state, the present one unless another is given. */
export const readerOf = (core: Core, session: Session | undefined, state: State = core.universe.state): Reader =>
  new SessionReader(core, session, state);
