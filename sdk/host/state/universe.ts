import { type ClockKind, wallTime } from "../clock.ts";
import type { PageStore } from "../cow/page-store.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { Arrivals } from "./arrivals.ts";
import { type Commit, Draft } from "./draft.ts";
import type { Retention } from "./retention.ts";
import type { State } from "./state.ts";
import { type StateView, type View, viewOf } from "./view.ts";

/** Hears of every commit; `before` is the state that it followed on. It must neither throw nor change the state. */
export type Listener = (commit: Commit, before: State) => void;

export interface UniverseOptions {
  readonly seed: number;
  readonly clock: ClockKind;
  /** True when time is part of the state and passes only by commits (and `advance`). */
  readonly logicalTime: boolean;
  readonly retention: Retention;
  /** In milliseconds, by method in lower case; `*` for all others. Default: as long as the operations say. */
  readonly taskTimes?: ReadonlyMap<string, number>;
  /** Default: that of `content.ts`. */
  readonly apiVersion?: string | undefined;
}

/** A state, its bytes, and the only way to change them. */
export class Universe {
  readonly options: UniverseOptions;
  readonly arrivals = new Arrivals();
  #state: State;
  #pages: PageStore;
  #view: StateView | undefined;
  readonly #notice: (tx: Draft) => void;
  #changing = false;
  readonly #listeners = new Set<Listener>();

  /** `notice` has the last word in every transaction: it may add what follows from what was done. */
  constructor(options: UniverseOptions, state: State, pages: PageStore, notice: (tx: Draft) => void = () => {}) {
    this.#notice = notice;
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
  /** The present state at this moment: the same view as long as neither has passed. */
  get view(): View {
    const { now } = this;
    let view = this.#view;
    if (view?.state !== this.#state || view.now !== now || view.pages !== this.#pages) {
      view = viewOf(this.#state, this.#pages, this.options.seed, now);
      this.#view = view;
    }
    return view;
  }

  /**
   * Runs a synchronous change on a draft. When it returns, the draft is the state; when it throws, nothing has happened.
   */
  transact<T>(work: (tx: Draft) => T): T {
    return this.#exclusively(() => {
      const before = this.#state;
      const { logicalTime, retention, seed, clock } = this.options;
      const tx = new Draft(before, this.#pages, seed, this.now);
      let result: T;
      try {
        result = work(tx);
        refusePromise(result);
        this.#notice(tx);
        tx.forget(retention);
      } catch (error) {
        tx.discard();
        throw error;
      }
      this.#publish(tx.finish(logicalTime && clock === "instant" ? before.time + 1 : before.time), before);
      return result;
    });
  }

  /** Logical time moves on; nothing else changes. */
  setTime(time: number): void {
    this.#exclusively(() => {
      this.#state = Object.freeze({ ...this.#state, time });
    });
  }

  /** Puts another state and its bytes in the place of these, which are closed. */
  replace(state: State, pages: PageStore): void {
    this.#exclusively(() => {
      const before = this.#state;
      this.#pages.close();
      this.#pages = pages;
      this.arrivals.clear();
      this.#publish({ state, ...difference(before, state) }, before);
    });
  }

  /** The bytes of the present state, for a twin. */
  forkPages(): PageStore {
    return this.arrivals.forkStore(this.#pages);
  }

  /** Calls back on every commit until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#view = undefined;
    this.arrivals.clear();
    this.#pages.close();
  }

  /** One change at a time: all that listen have heard of it before the next one. */
  #exclusively<T>(change: () => T): T {
    if (this.#changing)
      throw new Error("A transaction is open already: transactions do not nest, and listeners only listen.");
    this.#changing = true;
    try {
      return change();
    } finally {
      this.#changing = false;
    }
  }

  #publish(commit: Commit, before: State): void {
    this.#state = commit.state;
    for (const listener of this.#listeners) {
      try {
        listener(commit, before);
      } catch (error) {
        // What is done is done: whoever made the change must not hear that it failed. Node's EventTarget does the same.
        process.nextTick(() => {
          throw error;
        });
      }
    }
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

function refusePromise(result: unknown): void {
  if (typeof result !== "object" || result === null || !("then" in result)) return;
  // It goes on by itself and then fails, as its draft has ended: nobody is to hear of that as well.
  Promise.resolve(result).catch(() => {});
  throw new Error("The work of a transaction is synchronous: it must not return a promise.");
}
