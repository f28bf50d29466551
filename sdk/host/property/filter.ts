import type { Ref, vim } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import { notFound } from "../faults.ts";
import { noBytes } from "../properties/derivation.ts";
import type { Session, SessionObject } from "../session/session.ts";
import type { Commit } from "../state/draft.ts";
import type { State } from "../state/state.ts";
import { Access } from "./access.ts";
import { candidates } from "./candidates.ts";
import { type Changes, changesBetween, isOther } from "./changes.ts";
import { modifyUpdate, type Sight, valuesOf, valuesUpdate, wholeUpdate } from "./object-update.ts";
import { type Found, find, type Key, keyOf, lookUp } from "./objects.ts";
import type { Path } from "./path.ts";
import { Reach, type ViewContents } from "./reach.ts";
import { readerOf } from "./reader.ts";
import { compileSpec, type FilterSpec } from "./spec.ts";
import { TrackedBytes } from "./tracked-bytes.ts";

/** How far a filter has told: it can be taken back there. */
export interface Told {
  readonly state: State;
  readonly contents: ViewContents;
}

/**
 * Tells a client what has changed in what it selected. It copies nothing of the inventory: it keeps the state that it last told of
 * (a pointer), and which objects those were.
 */
export class Filter implements SessionObject {
  readonly ref: Ref<"PropertyFilter">;
  readonly #core: Core;
  readonly #session: Session;
  readonly #given: vim.PropertyFilterSpec;
  readonly #partial: boolean;
  readonly #spec: FilterSpec;
  #bytes: TrackedBytes;
  #state: State | undefined;
  #reach: Reach | undefined;
  #told = new Set<Key>();
  /** What was told of objects that no state remembers: those of a session, and services. */
  #others = new Map<string, { readonly ref: Ref; readonly values: ReadonlyMap<string, unknown> }>();

  /** Throws InvalidProperty, InvalidType or InvalidArgument for a wrong spec, ManagedObjectNotFound for an object that is gone. */
  constructor(
    ref: Ref<"PropertyFilter">,
    core: Core,
    session: Session,
    spec: vim.PropertyFilterSpec,
    partialUpdates: boolean,
  ) {
    this.ref = ref;
    this.#core = core;
    this.#session = session;
    this.#given = spec;
    this.#partial = partialUpdates;
    this.#spec = compileSpec(spec);
    this.#bytes = new TrackedBytes(this.#spec);
    const [missing] = this.#spec.tolerant ? [] : this.#missing();
    if (missing) throw notFound(missing);
  }

  property(name: string): unknown {
    return name === "spec" ? this.#given : name === "partialUpdates" ? this.#partial : undefined;
  }
  close(): void {
    this.reset();
  }

  /** Whether it must hear of every commit: bytes change hands without a trace in the state. */
  get tracksBytes(): boolean {
    return this.#bytes.wanted;
  }
  note(commit: Commit): void {
    this.#bytes.note(commit);
  }

  /** How far it has told; undefined: nothing yet. */
  get told(): Told | undefined {
    return this.#state && this.#reach && { state: this.#state, contents: this.#reach.contents };
  }

  /** Forgets what it has told, or takes it back to an earlier point: the next report begins there. */
  reset(told?: Told): void {
    this.#bytes = new TrackedBytes(this.#spec);
    this.#others = new Map();
    this.#told = new Set();
    this.#state = told?.state;
    this.#reach = undefined;
    if (!told) return;
    const sight = this.#sight(told.state);
    this.#reach = new Reach(this.#spec, sight.reader, told.contents);
    for (const key of this.#reach.keys()) {
      const seen = this.#visible(key, sight);
      if (!seen) continue;
      this.#told.add(key);
      this.#bytes.doubt(key, seen.found.type);
      if (typeof key === "string") this.#others.set(key, { ref: seen.found.ref, values: new Map() });
    }
  }

  /** The objects it was to start from that are not there: said once, with its first report. */
  missingObjects(): readonly vim.MissingObject[] {
    return this.#state ? [] : this.#missing().map((obj) => Object.freeze({ obj, fault: notFound(obj).localized }));
  }

  #missing(): readonly Ref[] {
    const reader = readerOf(this.#core, this.#session);
    return this.#spec.roots.map(({ ref }) => ref).filter((ref) => !lookUp(reader, ref));
  }

  /**
   * Tells what has changed since its last report, at the first time everything. Values are made one by one as they are asked for;
   * only when all have been is the report over.
   */
  *report(): Generator<vim.ObjectUpdate, void, undefined> {
    const state = this.#core.universe.state;
    const now = this.#sight(state);
    if (this.#state && this.#reach) yield* this.#changes(this.#state, this.#reach, now);
    else {
      this.#reach = new Reach(this.#spec, now.reader);
      for (const key of this.#reach.keys()) yield* this.#enter(key, now);
    }
    this.#state = state;
  }

  *#changes(state: State, reach: Reach, now: Sight): Generator<vim.ObjectUpdate, void, undefined> {
    const changes = changesBetween(state, now.reader.state);
    const before = this.#sight(state);
    const moved = this.#follow(reach, before, now, changes);
    const modified = candidates(changes, this.#told, this.#bytes.take(now.reader));
    for (const key of moved) {
      const seen = this.#reach?.has(key) ? this.#visible(key, now) : undefined;
      if (this.#told.has(key) && this.#refOf(key, before)?.value !== seen?.found.ref.value)
        yield* this.#leave(key, before);
      if (!this.#told.has(key) && seen) yield* this.#enter(key, now);
    }
    for (const [key, reasons] of modified) if (this.#told.has(key)) yield* this.#modify(key, reasons, before, now);
    for (const [key, { values }] of this.#others) yield* this.#modifyOther(key, values, now);
  }

  /** Brings the selection up to date. Returns what may have come or gone by that. */
  #follow(reach: Reach, before: Sight, now: Sight, changes: Changes): Set<Key> {
    const moved = new Set<Key>();
    if (this.#spec.returns) {
      this.#reach = new Reach(this.#spec, now.reader);
      for (const key of this.#reach.differenceFrom(reach)) moved.add(key);
    } else for (const key of reach.update(before.reader, now.reader, changes)) moved.add(key);
    const selected = this.#reach ?? reach;
    const made = (key: Key) => {
      if (selected.has(key) || this.#told.has(key)) moved.add(key);
    };
    for (const change of changes.objects) if (!change.before || !change.after || isOther(change)) made(change.id);
    for (const { id, before: was, after: is } of changes.tasks) if (!was || !is) made(-id);
    for (const { ref } of this.#spec.roots) if (typeof keyOf(ref) === "string") moved.add(keyOf(ref));
    for (const key of this.#others.keys()) moved.add(key);
    if (changes.permissions) for (const key of [...selected.keys(), ...this.#told]) moved.add(key);
    return moved;
  }

  #sight(state: State): Sight {
    const reader = readerOf(this.#core, this.#session, state);
    return { reader, access: new Access(reader) };
  }

  /** An object that is there, may be seen or was named, and of whose type something is asked. */
  #visible(key: Key, { reader, access }: Sight): { found: Found; paths: readonly Path[] } | undefined {
    const found = find(reader, key);
    const paths = found && this.#spec.pathsOf(found.type);
    return paths && (access.sight(found) !== "none" || this.#spec.names(found)) ? { found, paths } : undefined;
  }

  *#enter(key: Key, now: Sight): Generator<vim.ObjectUpdate, void, undefined> {
    const seen = this.#visible(key, now);
    if (!seen) return;
    const { found, paths } = seen;
    this.#told.add(key);
    const bytes = this.#bytes.read(key, found.type, now.reader) ?? noBytes;
    if (typeof key === "string") {
      this.#others.set(key, { ref: found.ref, values: valuesOf(found, paths, now.reader, bytes) });
    }
    yield wholeUpdate("enter", found, paths, now, bytes);
  }

  /** What an object that was told of was called. */
  #refOf(key: Key, before: Sight): Ref | undefined {
    return typeof key === "string" ? this.#others.get(key)?.ref : find(before.reader, key)?.ref;
  }

  *#leave(key: Key, before: Sight): Generator<vim.ObjectUpdate, void, undefined> {
    const ref = this.#refOf(key, before);
    this.#told.delete(key);
    this.#bytes.forget(key);
    if (typeof key === "string") this.#others.delete(key);
    if (ref) yield Object.freeze({ kind: "leave", obj: ref });
  }

  *#modify(key: Key, reasons: number, before: Sight, now: Sight): Generator<vim.ObjectUpdate, void, undefined> {
    const seen = this.#visible(key, now);
    const was = find(before.reader, key);
    if (!seen || !was) return;
    const { found, paths } = seen;
    const told = this.#bytes.told(key);
    const bytes = this.#bytes.read(key, found.type, now.reader);
    if (before.access.sight(was) !== now.access.sight(found)) {
      yield wholeUpdate("modify", found, paths, now, bytes ?? noBytes);
      return;
    }
    const object = {
      before: { record: was.record, reader: before.reader, bytes: told },
      after: { record: found.record, reader: now.reader, bytes },
      reasons,
    };
    const update = modifyUpdate(found, paths, now, object, this.#partial);
    if (update) yield update;
  }

  *#modifyOther(
    key: string,
    before: ReadonlyMap<string, unknown>,
    now: Sight,
  ): Generator<vim.ObjectUpdate, void, undefined> {
    const seen = this.#visible(key, now);
    if (!seen) return;
    const { found, paths } = seen;
    const values = valuesOf(found, paths, now.reader, noBytes);
    this.#others.set(key, { ref: found.ref, values });
    const update = valuesUpdate(found, paths, now, { before, after: values }, this.#partial);
    if (update) yield update;
  }
}
