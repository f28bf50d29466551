import type { Ref, vim } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import { fault, notFound } from "../faults.ts";
import { newId } from "../session/new-id.ts";
import type { Session, SessionObject } from "../session/session.ts";
import { Filter, type Told } from "./filter.ts";
import { Pages } from "./pages.ts";
import { Report, type UpdateOf } from "./report.ts";
import { Wait } from "./wait.ts";

/** Where every filter was when a version was given out. */
interface Version {
  readonly name: string;
  readonly told: ReadonlyMap<Filter, Told | undefined>;
}

/** A property collector: the filters of a client, and how much of what they have to tell it knows. */
export class Collector implements SessionObject {
  readonly ref: Ref<"PropertyCollector">;
  readonly pages = new Pages();
  readonly #core: Core;
  readonly #session: Session;
  readonly #filters = new Map<string, Filter>();
  #version: Version = { name: "", told: new Map() };
  /** The one before: a client that missed the last answer asks for it again. */
  #previous: Version | undefined;
  /** A report that is sent in parts, and what the client calls the last part. */
  #report: { readonly report: Report; readonly part: string } | undefined;
  #count = 0;
  #wait: Wait<vim.UpdateSet> | undefined;
  #unlisten: (() => void) | undefined;

  constructor(ref: Ref<"PropertyCollector">, core: Core, session: Session) {
    this.ref = ref;
    this.#core = core;
    this.#session = session;
  }

  property(name: string): unknown {
    return name === "filter" ? Object.freeze([...this.#filters.values()].map(({ ref }) => ref)) : undefined;
  }

  /** Adds a filter. Throws what `Filter` throws for a wrong spec. */
  createFilter(spec: vim.PropertyFilterSpec, partialUpdates: boolean): Ref<"PropertyFilter"> {
    const ref: Ref<"PropertyFilter"> = Object.freeze({
      type: "PropertyFilter",
      value: newId(this.#session, "PropertyFilter"),
    });
    const filter = new Filter(ref, this.#core, this.#session, spec, partialUpdates);
    this.#filters.set(ref.value, filter);
    this.#session.objects.set(ref.value, filter);
    this.#listen();
    this.wake();
    return ref;
  }

  /** Gives a filter up. False if it is another collector's. */
  destroyFilter(id: string): boolean {
    const filter = this.#filters.get(id);
    if (!filter) return false;
    filter.close();
    this.#filters.delete(id);
    this.#session.objects.delete(id);
    this.#listen();
    return true;
  }

  /** Something that is no part of a state has changed: a view, say. */
  wake(): void {
    this.#wait?.wake();
  }

  /**
   * What has changed since a version, at most so many objects of it; undefined if nothing has. Throws InvalidCollectorVersion for
   * a version other than the last, the one before it and the empty one, at which everything is told anew.
   */
  updates(version: string, most: number): vim.UpdateSet | undefined {
    this.#goTo(version);
    return this.#next(most);
  }

  /** The same, waiting for a change: so many seconds, or without a limit. A wait that is under way is ended. */
  async wait(
    version: string,
    most: number,
    seconds: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<vim.UpdateSet | undefined> {
    this.cancelWait();
    const found = this.updates(version, most);
    if (found || seconds === 0) return found;
    const wait = new Wait(() => this.#next(most), seconds, signal);
    this.#wait = wait;
    this.#listen();
    try {
      return await wait.result;
    } finally {
      if (this.#wait === wait) this.#wait = undefined;
      this.#listen();
    }
  }

  /** Ends a wait that is under way with RequestCanceled. */
  cancelWait(): void {
    this.#wait?.cancel();
    this.#wait = undefined;
  }

  close(): void {
    this.cancelWait();
    this.pages.clear();
    for (const id of [...this.#filters.keys()]) this.destroyFilter(id);
  }

  #goTo(version: string): void {
    const { name } = this.#version;
    if (this.#report && version === this.#report.part) return;
    if (version === "") this.#reset({ name: "", told: new Map() });
    else if (version === this.#previous?.name) this.#reset(this.#previous);
    else if (version !== name) {
      throw fault(
        "InvalidCollectorVersion",
        {},
        `The version '${version}' is not known. Begin anew with an empty version.`,
      );
    } else if (this.#report) this.#reset(this.#version);
  }

  #reset(version: Version): void {
    for (const filter of this.#filters.values()) filter.reset(version.told.get(filter));
    if (version !== this.#version) this.#previous = undefined;
    this.#version = version;
    this.#report = undefined;
  }

  #next(most: number): vim.UpdateSet | undefined {
    const report = this.#report?.report ?? new Report(this.#updates(), [...this.#filters.values()]);
    this.#report = undefined;
    const { filterSet, more } = report.take(most);
    if (more) {
      const part = `${this.#version.name}.${this.#count++}`;
      this.#report = { report, part };
      return Object.freeze({ version: part, filterSet, truncated: true });
    }
    if (!report.said) return undefined;
    const told = new Map([...this.#filters.values()].map((filter) => [filter, filter.told]));
    this.#previous = this.#version.name === "" ? undefined : this.#version;
    this.#version = { name: String(++this.#count), told };
    return Object.freeze({ version: this.#version.name, filterSet });
  }

  *#updates(): Generator<UpdateOf, void, undefined> {
    for (const [id, filter] of [...this.#filters]) {
      for (const update of filter.report()) {
        if (!this.#filters.has(id)) break;
        yield [filter.ref, update];
      }
    }
  }

  /** Hears of commits only while somebody waits for one, or bytes must be kept track of. */
  #listen(): void {
    const tracking = [...this.#filters.values()].filter((filter) => filter.tracksBytes);
    this.#unlisten?.();
    this.#unlisten = undefined;
    if (!this.#wait && tracking.length === 0) return;
    this.#unlisten = this.#core.universe.listen((commit) => {
      for (const filter of tracking) filter.note(commit);
      this.#wait?.wake();
    });
  }
}

/** The collector that a session has from the start. It is made when something is first asked of it. */
export function collectorOf(core: Core, session: Session, ref: Ref<"PropertyCollector">): Collector {
  const found = session.objects.get(ref.value);
  if (found instanceof Collector) return found;
  if (!core.singletons.has(ref.value)) throw notFound(ref);
  const collector = new Collector(ref, core, session);
  session.objects.set(ref.value, collector);
  return collector;
}
