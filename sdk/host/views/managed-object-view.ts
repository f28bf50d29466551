import type { Ref } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import type { Reader } from "../properties/derivation.ts";
import { Access } from "../property/access.ts";
import type { Changes } from "../property/changes.ts";
import { find, type Key } from "../property/objects.ts";
import { readerOf } from "../property/reader.ts";
import type { Session, SessionObject } from "../session/session.ts";

/** A view at a moment, in a state. What it shows follows from both. */
export interface Moment<Contents> {
  /** What the view was: values that are never changed. Undefined once it is destroyed: then it shows nothing. */
  readonly contents: Contents | undefined;
  readonly reader: Reader;
}

export type OnDifference = (key: Key, by: 1 | -1) => void;

/** A set of objects that a session keeps on the server, and that property filters may start from. */
export abstract class ManagedObjectView<Contents = unknown> implements SessionObject {
  readonly ref: Ref;
  readonly core: Core;
  readonly session: Session;
  #closed = false;

  constructor(ref: Ref, core: Core, session: Session) {
    this.ref = ref;
    this.core = core;
    this.session = session;
  }

  protected abstract get current(): Contents;
  protected abstract shown(contents: Contents, reader: Reader): Iterable<Key>;

  /** What the view is now. */
  get contents(): Contents | undefined {
    return this.#closed ? undefined : this.current;
  }

  /** The objects that it shows, each once. */
  keys(reader: Reader): Iterable<Key> {
    return this.keysAt({ contents: this.contents, reader });
  }

  /** The objects that it showed at a moment. */
  keysAt({ contents, reader }: Moment<Contents>): Iterable<Key> {
    return contents === undefined ? [] : this.shown(contents, reader);
  }

  /** Calls for every object that came (1) or went (-1) between two moments. */
  difference(before: Moment<Contents>, after: Moment<Contents>, _changes: Changes, on: OnDifference): void {
    const was = new Set(this.keysAt(before));
    const is = new Set(this.keysAt(after));
    for (const key of was) if (!is.has(key)) on(key, -1);
    for (const key of is) if (!was.has(key)) on(key, 1);
  }

  property(name: string): unknown {
    if (name !== "view") return undefined;
    const reader = readerOf(this.core, this.session);
    const access = new Access(reader);
    const refs: Ref[] = [];
    for (const key of this.keys(reader)) {
      const found = find(reader, key);
      if (found && access.sight(found) !== "none") refs.push(found.ref);
    }
    return Object.freeze(refs);
  }

  close(): void {
    this.#closed = true;
  }
}

/** Whether what an object's properties are derived from is a view. */
export const isView = (record: unknown): record is ManagedObjectView => record instanceof ManagedObjectView;
