import type { IndexDraft } from "../cow/index-draft.ts";
import type { MapDraft } from "../cow/map-draft.ts";
import type { PageStore, SpaceOptions } from "../cow/page-store.ts";
import type { Commit } from "./commit.ts";
import { DeferredWrites } from "./deferred-writes.ts";
import type { ForksRecord } from "./forks-record.ts";
import type { GuestMemoryRecord, WorkloadRecord } from "./guest-memory-record.ts";
import type { LooseDisk, MachineRecord } from "./machine-record.ts";
import type { InventoryRecord, Kind, RecordOf } from "./record.ts";
import { isDue } from "./retention.ts";
import type { Settings } from "./settings.ts";
import type { Several } from "./several.ts";
import type { Account, Permission, Role, State } from "./state.ts";
import type { EventRecord, TaskRecord } from "./task-record.ts";
import { noPermissions, record, type View } from "./view.ts";

export type { Commit } from "./commit.ts";

/**
 * A transaction under way: reads see what it has put so far, nobody else does. Address spaces that it takes are given back if it
 * fails; those that it drops go only when it has succeeded. Bytes are written last, when nothing can fail any more.
 *
 * Most transactions change few of the collections: a draft of one is made when it is first asked for.
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
  settings: Settings;
  nextId: number;
  nextTask: number;
  nextEvent: number;
  nextRole: number;
  #ended = false;
  #objects: MapDraft<InventoryRecord> | undefined;
  #tasks: MapDraft<TaskRecord> | undefined;
  #finished: MapDraft<number> | undefined;
  #events: MapDraft<EventRecord> | undefined;
  #due: MapDraft<Several> | undefined;
  #busy: MapDraft<Several> | undefined;
  #uuids: IndexDraft<Several> | undefined;
  #guests: IndexDraft<Several> | undefined;
  #programs: MapDraft<true> | undefined;
  #bases: IndexDraft<number> | undefined;
  #forks: MapDraft<ForksRecord> | undefined;
  #loose: IndexDraft<LooseDisk> | undefined;
  #unregistered: IndexDraft<MachineRecord> | undefined;
  #guestMemory: MapDraft<GuestMemoryRecord> | undefined;
  #workloads: MapDraft<WorkloadRecord> | undefined;
  #permissions: MapDraft<readonly Permission[]> | undefined;
  #nextFinished: number;
  readonly #taken: number[] = [];
  readonly #dropped: number[] = [];
  readonly #charged: [space: number, account: number][] = [];
  readonly #recharged: [space: number, account: number][] = [];
  #deferred: DeferredWrites | undefined;

  constructor(state: State, pages: PageStore, seed: number, now: number) {
    this.state = state;
    this.pages = pages;
    this.seed = seed;
    this.now = now;
    this.accounts = state.accounts;
    this.roles = state.roles;
    this.settings = state.settings;
    this.nextId = state.nextId;
    this.nextTask = state.nextTask;
    this.nextEvent = state.nextEvent;
    this.nextRole = state.nextRole;
    this.#nextFinished = (state.finished.lastKey() ?? 0) + 1;
  }

  /** What is written to address spaces when the transaction has succeeded. */
  get deferred(): DeferredWrites {
    this.#deferred ??= new DeferredWrites();
    return this.#deferred;
  }

  get due(): MapDraft<Several> {
    this.#due ??= this.#open(this.state.due);
    return this.#due;
  }
  get busy(): MapDraft<Several> {
    this.#busy ??= this.#open(this.state.busy);
    return this.#busy;
  }
  get uuids(): IndexDraft<Several> {
    this.#uuids ??= this.#open(this.state.uuids);
    return this.#uuids;
  }
  get guests(): IndexDraft<Several> {
    this.#guests ??= this.#open(this.state.guests);
    return this.#guests;
  }
  get programs(): MapDraft<true> {
    this.#programs ??= this.#open(this.state.programs);
    return this.#programs;
  }
  get bases(): IndexDraft<number> {
    this.#bases ??= this.#open(this.state.bases);
    return this.#bases;
  }
  get forks(): MapDraft<ForksRecord> {
    this.#forks ??= this.#open(this.state.forks);
    return this.#forks;
  }
  get loose(): IndexDraft<LooseDisk> {
    this.#loose ??= this.#open(this.state.loose);
    return this.#loose;
  }
  get unregistered(): IndexDraft<MachineRecord> {
    this.#unregistered ??= this.#open(this.state.unregistered);
    return this.#unregistered;
  }
  get guestMemory(): MapDraft<GuestMemoryRecord> {
    this.#guestMemory ??= this.#open(this.state.guestMemory);
    return this.#guestMemory;
  }
  get workloads(): MapDraft<WorkloadRecord> {
    this.#workloads ??= this.#open(this.state.workloads);
    return this.#workloads;
  }
  get permissionTable(): MapDraft<readonly Permission[]> {
    this.#permissions ??= this.#open(this.state.permissions);
    return this.#permissions;
  }

  object(id: number): InventoryRecord | undefined {
    return (this.#objects ?? this.state.objects).get(id);
  }
  task(id: number): TaskRecord | undefined {
    return (this.#tasks ?? this.state.tasks).get(id);
  }
  event(key: number): EventRecord | undefined {
    return (this.#events ?? this.state.events).get(key);
  }
  permissions(entity: number): readonly Permission[] {
    return (this.#permissions ?? this.state.permissions).get(entity) ?? noPermissions;
  }

  put(record: InventoryRecord): void {
    this.#objects ??= this.#open(this.state.objects);
    this.#objects.set(record.id, record);
    this.touched.add(record.id);
  }
  remove(id: number): void {
    this.#objects ??= this.#open(this.state.objects);
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

  /** Puts a task. One that has no work (any more) is finished, and is forgotten in its turn. */
  putTask(task: TaskRecord): void {
    this.#tasks ??= this.#open(this.state.tasks);
    const before = this.#tasks.get(task.id);
    if (task.work === undefined && (before === undefined || before.work !== undefined)) {
      this.#finished ??= this.#open(this.state.finished);
      this.#finished.set(this.#nextFinished++, task.id);
    }
    this.#tasks.set(task.id, task);
    this.touchedTasks.add(task.id);
  }
  putEvent(event: EventRecord): void {
    this.#events ??= this.#open(this.state.events);
    this.#events.set(event.key, event);
  }

  /**
   * Forgets the tasks that finished first and the oldest events, until there are no more than are kept. Where many are, some at a
   * time: to take one out for each that comes would double the price of every task.
   */
  forget({ tasks, events }: { readonly tasks: number; readonly events: number }): void {
    // Both are numbered without gaps, and only the oldest are ever removed.
    const finished = this.#finished;
    const due = isDue(finished, tasks);
    for (let count = finished?.size ?? 0; due && finished && count > tasks; count--) {
      const key = this.#nextFinished - count;
      const id = finished.get(key) ?? 0;
      finished.delete(key);
      this.#tasks?.delete(id);
      this.touchedTasks.add(id);
    }
    if (!isDue(this.#events, events)) return;
    for (let count = this.#events?.size ?? 0; count > events; count--) this.#events?.delete(this.nextEvent - count);
  }

  /** A new address space, given back if the transaction fails. */
  createSpace(options: SpaceOptions): number {
    return this.#take(this.pages.create(options));
  }
  /** A copy-on-write fork of an address space, given back if the transaction fails. */
  forkSpace(space: number, owner: number, account: number): number {
    return this.#take(this.pages.fork(space, owner, account), space);
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
    return this.#take(this.pages.copy(space, owner, account), space);
  }
  /** An address space with the same bytes that has copies of the pages that only that one has, and shares the others. */
  splitSpace(space: number, owner: number, account: number): number {
    return this.#take(this.pages.split(space, owner, account), space);
  }
  /** What pages written to an address space are charged to from the next transaction on. */
  chargeSpace(space: number, account: number): void {
    this.#charged.push([space, account]);
  }
  /** Charges the pages that only an address space has, and what is written to it, to an account once the transaction has succeeded. */
  rechargeSpace(space: number, account: number): void {
    this.#recharged.push([space, account]);
  }
  /** Gives an address space back once the transaction has succeeded. */
  dropSpace(space: number): void {
    if (space !== 0) this.#dropped.push(space);
  }

  /** Ends the transaction: the next state, and what has changed. */
  finish(time: number): Commit {
    for (const [space, account] of this.#charged) this.pages.setAccount(space, account);
    this.#deferred?.finish(this.pages, this.#dropped);
    for (const space of this.#dropped) this.pages.release(space);
    for (const [space, account] of this.#recharged) this.pages.recharge(space, account);
    for (const owner of this.pages.touched()) this.touched.add(owner);
    return {
      state: this.#freeze(time),
      touched: this.touched,
      tasks: this.touchedTasks,
      events: this.nextEvent !== this.state.nextEvent,
      restored: false,
    };
  }

  /** Leaves nothing behind: what was taken is given back, newest first. */
  discard(): void {
    this.#freeze(this.state.time);
    for (const space of this.#taken.reverse()) this.pages.release(space);
    this.pages.touched();
  }

  #freeze(time: number): State {
    this.#ended = true;
    const { state } = this;
    return Object.freeze({
      objects: this.#objects?.freeze() ?? state.objects,
      tasks: this.#tasks?.freeze() ?? state.tasks,
      finished: this.#finished?.freeze() ?? state.finished,
      due: this.#due?.freeze() ?? state.due,
      busy: this.#busy?.freeze() ?? state.busy,
      events: this.#events?.freeze() ?? state.events,
      uuids: this.#uuids?.freeze() ?? state.uuids,
      guests: this.#guests?.freeze() ?? state.guests,
      programs: this.#programs?.freeze() ?? state.programs,
      bases: this.#bases?.freeze() ?? state.bases,
      forks: this.#forks?.freeze() ?? state.forks,
      loose: this.#loose?.freeze() ?? state.loose,
      unregistered: this.#unregistered?.freeze() ?? state.unregistered,
      guestMemory: this.#guestMemory?.freeze() ?? state.guestMemory,
      workloads: this.#workloads?.freeze() ?? state.workloads,
      permissions: this.#permissions?.freeze() ?? state.permissions,
      roles: this.roles,
      settings: this.settings,
      accounts: this.accounts,
      nextId: this.nextId,
      nextTask: this.nextTask,
      nextEvent: this.nextEvent,
      nextRole: this.nextRole,
      time,
    });
  }

  #open<D>(collection: { asDraft(): D }): D {
    if (this.#ended)
      throw new Error("The transaction has ended: it can be used only by the synchronous work it was given to.");
    return collection.asDraft();
  }

  #take(space: number, from?: number): number {
    this.#taken.push(space);
    if (from !== undefined) this.#deferred?.copy(from, space);
    return space;
  }
}
