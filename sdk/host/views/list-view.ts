import type { Ref } from "../../vim/index.ts";
import { PersistentIndex } from "../cow/persistent-index.ts";
import type { Reader } from "../properties/derivation.ts";
import { type Changes, isOther } from "../property/changes.ts";
import { find, type Key, keyOf, lookUp } from "../property/objects.ts";
import { readerOf } from "../property/reader.ts";
import { idOf, taskRef } from "../state/id.ts";
import { ManagedObjectView, type Moment, type OnDifference } from "./managed-object-view.ts";

type List = PersistentIndex<Key>;

/** The objects that a client has listed, as far as they are there. */
export class ListView extends ManagedObjectView<List> {
  #list: List = PersistentIndex.empty<Key>();

  /** Changes the list. Returns the references that name nothing. */
  modify(add: readonly Ref[], remove: readonly Ref[]): Ref[] {
    const reader = readerOf(this.core, this.session);
    const unknown: Ref[] = [];
    this.#list = this.#list.edit((list) => {
      for (const ref of remove) if (!list.delete(ref.value) && !lookUp(reader, ref)) unknown.push(ref);
      for (const ref of add) {
        if (lookUp(reader, ref)) list.set(ref.value, keyOf(ref));
        else unknown.push(ref);
      }
    });
    return unknown;
  }

  /** Lists other objects instead. Returns the references that name nothing. */
  reset(refs: readonly Ref[]): Ref[] {
    this.#list = none;
    return this.modify(refs, []);
  }

  /** Lists what another view shows now. */
  copy(view: ManagedObjectView): void {
    const reader = readerOf(this.core, this.session);
    this.#list = none.edit((list) => {
      for (const key of view.keys(reader)) {
        const found = find(reader, key);
        if (found) list.set(found.ref.value, key);
      }
    });
  }

  protected get current(): List {
    return this.#list;
  }

  protected *shown(contents: List, reader: Reader): Iterable<Key> {
    for (const [id, key] of contents) if (isAt(reader, id, key)) yield key;
  }

  override difference(before: Moment<List>, after: Moment<List>, changes: Changes, on: OnDifference): void {
    const was = before.contents ?? none;
    const is = after.contents ?? none;
    const compare = (id: string, key: Key) => {
      const shown = was.has(id) && isAt(before.reader, id, key);
      const shows = is.has(id) && isAt(after.reader, id, key);
      if (shown !== shows) on(key, shows ? 1 : -1);
    };
    const compared = new Set<string>();
    PersistentIndex.diff(was, is, (id, a, b) => {
      compared.add(id);
      compare(id, a ?? b ?? id);
    });
    // What is listed all along comes and goes with the object.
    for (const change of changes.objects) {
      const { id, before: old, after: now } = change;
      if (old && now && !isOther(change)) continue;
      for (const name of new Set([old && idOf(old), now && idOf(now)])) {
        if (name !== undefined && !compared.has(name)) compare(name, id);
      }
    }
    for (const { id, before: old, after: now } of changes.tasks) {
      const task = now ?? old;
      if (!task || (old && now)) continue;
      const { value } = taskRef(task);
      if (!compared.has(value)) compare(value, -id);
    }
  }
}

/** Numbers are given anew where a state was restored: another object may have that of one that was listed. */
const isAt = (reader: Reader, id: string, key: Key) => find(reader, key)?.ref.value === id;

const none: List = PersistentIndex.empty<Key>();
