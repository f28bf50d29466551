import type { Ref } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import type { SessionObject } from "../session/session.ts";

/** Entries in the order of their keys, all that pass the collector's filter. */
export interface Entries<V> {
  /** From a key on, ascending. */
  from(key: number): Iterable<readonly [key: number, value: V]>;
}

/** vSphere's limits of a page. */
const defaultPage = 10;
const largestPage = 1000;

/**
 * Scrolls through events or tasks, from the oldest on. `reset` goes to just before the latest page: what was there before is read
 * backwards, that page and what comes is read forwards; `rewind` goes back to the oldest.
 */
export class HistoryCollector<V> implements SessionObject {
  readonly ref: Ref;
  readonly #entries: Entries<V>;
  readonly #filter: unknown;
  readonly #show: (value: V) => unknown;
  #page = defaultPage;
  /** Keys up to this one lie behind, those above it ahead. */
  #cursor = 0;

  constructor(ref: Ref, entries: Entries<V>, filter: unknown, show: (value: V) => unknown) {
    this.ref = ref;
    this.#entries = entries;
    this.#filter = filter;
    this.#show = show;
  }

  rewind(): void {
    this.#cursor = 0;
  }

  reset(): void {
    const latest = this.#latest();
    this.#cursor = (latest[0]?.[0] ?? 1) - 1;
  }

  setPageSize(size: number): void {
    this.#page = checked(size);
  }

  /** Older entries first. */
  next(count: number): V[] {
    const most = checked(count);
    const found: V[] = [];
    for (const [key, value] of this.#entries.from(this.#cursor + 1)) {
      if (found.length === most) break;
      found.push(value);
      this.#cursor = key;
    }
    return found;
  }

  /** Newer entries first. */
  previous(count: number): V[] {
    const behind: (readonly [number, V])[] = [];
    for (const entry of this.#entries.from(0)) if (entry[0] <= this.#cursor) behind.push(entry);
    const found = behind.slice(-checked(count)).reverse();
    const last = found.at(-1);
    if (last) this.#cursor = last[0] - 1;
    return found.map(([, value]) => value);
  }

  property(name: string): unknown {
    if (name === "filter") return this.#filter;
    if (name === "initialized") return true;
    if (name !== "latestPage") return undefined;
    return this.#latest()
      .map(([, value]) => this.#show(value))
      .reverse();
  }

  close(): void {}

  #latest(): (readonly [number, V])[] {
    return [...this.#entries.from(0)].slice(-this.#page);
  }
}

function checked(count: number): number {
  if (count >= 1 && count <= largestPage) return count;
  throw invalidArgument("maxCount", `It must be from 1 to ${largestPage}, not ${count}.`);
}
