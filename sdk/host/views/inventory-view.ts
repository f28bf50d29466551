import type { Ref } from "../../vim/index.ts";
import type { Reader } from "../properties/derivation.ts";
import type { Key } from "../property/objects.ts";
import { names, numberIn } from "../state/id.ts";
import { childrenOf } from "./below.ts";
import { ManagedObjectView } from "./managed-object-view.ts";

type Opened = ReadonlySet<number>;

/** The inventory as a tree on a screen: the root folder, and what is in the folders that were opened. */
export class InventoryView extends ManagedObjectView<Opened> {
  #opened: Opened = new Set();

  /** Shows what is in some objects. Returns those that the view does not show themselves. */
  open(entities: readonly Ref<"ManagedEntity">[], reader: Reader): Ref<"ManagedEntity">[] {
    const { known, unknown } = this.#sort(entities, reader);
    this.#opened = new Set([...this.#opened, ...known]);
    return unknown;
  }

  /** Shows what is in some objects no longer, and nothing below that either. */
  fold(entities: readonly Ref<"ManagedEntity">[], reader: Reader): Ref<"ManagedEntity">[] {
    const { known, unknown } = this.#sort(entities, reader);
    const closed = new Set(known);
    const left = new Set([...this.#opened].filter((id) => !closed.has(id)));
    const shown = new Set(this.#walk(left, reader));
    this.#opened = new Set([...left].filter((id) => shown.has(id)));
    return unknown;
  }

  #sort(entities: readonly Ref<"ManagedEntity">[], reader: Reader) {
    const shown = new Set(this.#walk(this.#opened, reader));
    const known: number[] = [];
    const unknown: Ref<"ManagedEntity">[] = [];
    for (const ref of entities) {
      const record = reader.object(numberIn(ref.value));
      if (record && names(ref, record) && shown.has(record.id)) known.push(record.id);
      else unknown.push(ref);
    }
    return { known, unknown };
  }

  *#walk(opened: Opened, reader: Reader): Iterable<number> {
    const open = [this.core.rootFolder];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      yield id;
      const record = opened.has(id) ? reader.object(id) : undefined;
      if (record) open.push(...childrenOf(record));
    }
  }

  protected get current(): Opened {
    return this.#opened;
  }

  protected shown(contents: Opened, reader: Reader): Iterable<Key> {
    return new Set(this.#walk(contents, reader));
  }
}
