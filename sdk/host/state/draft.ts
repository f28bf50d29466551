import type { PageStore, SpaceOptions } from "../cow/page-store.ts";
import type { InventoryRecord, Kind, RecordOf } from "./record.ts";
import type { Account, Permission, Role, State } from "./state.ts";
import type { EventRecord, TaskRecord } from "./task-record.ts";
import { record, type View } from "./view.ts";

/** What a transaction that went through has changed. */
export interface Commit {
  readonly state: State;
  /** Numbers of the inventory objects that were put or removed, or whose bytes changed hands. */
  readonly touched: ReadonlySet<number>;
  readonly tasks: ReadonlySet<number>;
  readonly events: boolean;
  /** Another state was put in the place of the last one: bytes may differ anywhere, also where records do not. */
  readonly restored: boolean;
}

/**
 * A transaction under way: reads see what it has put so far, nobody else does. Address spaces that it takes are given back if it
 * fails; those that it drops go only when it has succeeded. Bytes are written last, when nothing can fail any more.
 */
export class Draft implements View {
  readonly seed: number;
  readonly now: number;
  readonly pages: PageStore;
  readonly state: State;
  readonly touched = new Set<number>();
  readonly touchedTasks = new Set<number>();
  accounts: readonly Account[];
  roles: readonly Role[];
  nextId: number;
  nextTask: number;
  nextEvent: number;
  nextRole: number;
  readonly due;
  readonly busy;
  readonly uuids;
  readonly guests;
  readonly bases;
  readonly loose;
  readonly unregistered;
  readonly permissionTable;
  readonly #objects;
  readonly #tasks;
  readonly #events;
  #taken: number[] = [];
  #dropped: number[] = [];
  #charged: [space: number, account: number][] = [];

  constructor(state: State, pages: PageStore, seed: number, now: number) {
    this.state = state;
    this.pages = pages;
    this.seed = seed;
    this.now = now;
    this.accounts = state.accounts;
    this.roles = state.roles;
    this.nextId = state.nextId;
    this.nextTask = state.nextTask;
    this.nextEvent = state.nextEvent;
    this.nextRole = state.nextRole;
    this.#objects = state.objects.asDraft();
    this.#tasks = state.tasks.asDraft();
    this.#events = state.events.asDraft();
    this.due = state.due.asDraft();
    this.busy = state.busy.asDraft();
    this.uuids = state.uuids.asDraft();
    this.guests = state.guests.asDraft();
    this.bases = state.bases.asDraft();
    this.loose = state.loose.asDraft();
    this.unregistered = state.unregistered.asDraft();
    this.permissionTable = state.permissions.asDraft();
  }

  object(id: number): InventoryRecord | undefined {
    return this.#objects.get(id);
  }
  task(id: number): TaskRecord | undefined {
    return this.#tasks.get(id);
  }
  event(key: number): EventRecord | undefined {
    return this.#events.get(key);
  }
  permissions(entity: number): readonly Permission[] {
    return this.permissionTable.get(entity) ?? [];
  }

  put(record: InventoryRecord): void {
    this.#objects.set(record.id, record);
    this.touched.add(record.id);
  }
  remove(id: number): void {
    this.#objects.delete(id);
    this.touched.add(id);
  }
  /** Replaces a record that must exist and be of that kind. */
  change<K extends Kind>(kind: K, id: number, changes: (record: RecordOf<K>) => Partial<RecordOf<K>>): RecordOf<K> {
    const before = record(this, kind, id);
    const next = { ...before, ...changes(before) };
    this.put(next);
    return next;
  }

  putTask(task: TaskRecord): void {
    this.#tasks.set(task.id, task);
    this.touchedTasks.add(task.id);
  }
  removeTask(id: number): void {
    this.#tasks.delete(id);
    this.touchedTasks.add(id);
  }
  get taskCount(): number {
    return this.#tasks.size;
  }
  putEvent(event: EventRecord): void {
    this.#events.set(event.key, event);
  }
  removeEvent(key: number): void {
    this.#events.delete(key);
  }
  get eventCount(): number {
    return this.#events.size;
  }

  /** A new address space, given back if the transaction fails. */
  createSpace(options: SpaceOptions): number {
    const space = this.pages.create(options);
    this.#taken.push(space);
    return space;
  }
  /** A copy-on-write fork of an address space, given back if the transaction fails. */
  forkSpace(space: number, owner: number, account: number): number {
    const fork = this.pages.fork(space, owner, account);
    this.#taken.push(fork);
    return fork;
  }
  /** An address space with the same bytes and zeros behind them, in the place of the one given. */
  growSpace(space: number, bytes: number, owner: number, account: number): number {
    const larger = this.forkSpace(space, owner, account);
    this.pages.grow(larger, bytes);
    this.dropSpace(space);
    return larger;
  }
  /** An address space with the same bytes that shares none of them. It costs what there is to copy. */
  copySpace(space: number, owner: number, account: number): number {
    const copy = this.pages.copy(space, owner, account);
    this.#taken.push(copy);
    return copy;
  }
  /** What pages written to an address space are charged to from the next transaction on. */
  chargeSpace(space: number, account: number): void {
    this.#charged.push([space, account]);
  }
  /** Gives an address space back once the transaction has succeeded. */
  dropSpace(space: number): void {
    if (space !== 0) this.#dropped.push(space);
  }

  /** Ends the transaction: the next state, and what has changed. */
  finish(time: number): Commit {
    for (const [space, account] of this.#charged) this.pages.setAccount(space, account);
    for (const space of this.#dropped) this.pages.release(space);
    for (const owner of this.pages.touched()) this.touched.add(owner);
    return {
      state: Object.freeze({
        objects: this.#objects.freeze(),
        tasks: this.#tasks.freeze(),
        due: this.due.freeze(),
        busy: this.busy.freeze(),
        events: this.#events.freeze(),
        uuids: this.uuids.freeze(),
        guests: this.guests.freeze(),
        bases: this.bases.freeze(),
        loose: this.loose.freeze(),
        unregistered: this.unregistered.freeze(),
        permissions: this.permissionTable.freeze(),
        roles: this.roles,
        accounts: this.accounts,
        nextId: this.nextId,
        nextTask: this.nextTask,
        nextEvent: this.nextEvent,
        nextRole: this.nextRole,
        time,
      }),
      touched: this.touched,
      tasks: this.touchedTasks,
      events: this.nextEvent !== this.state.nextEvent,
      restored: false,
    };
  }

  /** Leaves nothing behind: what was taken is given back, newest first. */
  discard(): void {
    for (const space of this.#taken.reverse()) this.pages.release(space);
    this.pages.touched();
  }
}
