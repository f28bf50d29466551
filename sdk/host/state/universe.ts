import { type ClockKind, wallTime } from "../clock.ts";
import type { PageStore } from "../cow/page-store.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { type Commit, Draft } from "./draft.ts";
import { prune, type Retention } from "./retention.ts";
import type { State } from "./state.ts";
import { type View, viewOf } from "./view.ts";

/** Hears of every commit; `before` is the state that it followed on. */
export type Listener = (commit: Commit, before: State) => void;

export interface UniverseOptions {
  readonly seed: number;
  readonly clock: ClockKind;
  /** True when time is part of the state and passes only by commits (and `advance`). */
  readonly logicalTime: boolean;
  readonly retention: Retention;
}

/** A state, its bytes, and the only way to change them. */
export class Universe {
  readonly options: UniverseOptions;
  #state: State;
  #pages: PageStore;
  #open = false;
  readonly #listeners = new Set<Listener>();

  constructor(options: UniverseOptions, state: State, pages: PageStore) {
    this.options = options;
    this.#state = state;
    this.#pages = pages;
  }

  get state(): State {
    return this.#state;
  }
  get pages(): PageStore {
    return this.#pages;
  }
  get now(): number {
    return this.options.logicalTime ? this.#state.time : wallTime();
  }
  get view(): View {
    return viewOf(this.#state, this.#pages, this.options.seed, this.now);
  }

  /**
   * Runs a synchronous change on a draft. When it returns, the draft is the state; when it throws, nothing has happened.
   */
  transact<T>(work: (tx: Draft) => T): T {
    if (this.#open) throw new Error("A transaction is open already: transactions do not nest.");
    this.#open = true;
    const before = this.#state;
    const tx = new Draft(before, this.#pages, this.options.seed, this.now);
    let result: T;
    try {
      result = work(tx);
      prune(tx, this.options.retention);
    } catch (error) {
      tx.discard();
      throw error;
    } finally {
      this.#open = false;
    }
    const tick = this.options.clock === "instant" ? 1 : 0;
    this.#publish(tx.finish(this.options.logicalTime ? before.time + tick : before.time), before);
    return result;
  }

  /** Logical time moves on; nothing else changes. */
  setTime(time: number): void {
    this.#state = Object.freeze({ ...this.#state, time });
  }

  /** Puts another state and its bytes in the place of these, which are closed. */
  replace(state: State, pages: PageStore): void {
    const before = this.#state;
    this.#pages.close();
    this.#pages = pages;
    this.#publish({ state, ...difference(before, state) }, before);
  }

  /** Calls back on every commit until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#pages.close();
  }

  #publish(commit: Commit, before: State): void {
    this.#state = commit.state;
    for (const listener of this.#listeners) listener(commit, before);
  }
}

/** What differs between any two states, by identity: the cost is that of the difference. */
function difference(before: State, after: State): Omit<Commit, "state"> {
  const touched = new Set<number>();
  const tasks = new Set<number>();
  PersistentMap.diff(before.objects, after.objects, (id) => touched.add(id));
  PersistentMap.diff(before.tasks, after.tasks, (id) => tasks.add(id));
  return { touched, tasks, events: before.events !== after.events, restored: true };
}
