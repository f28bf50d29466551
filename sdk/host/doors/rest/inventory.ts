import type { Host } from "../../host.ts";
import { inputs, noBytes, type Reader } from "../../properties/derivation.ts";
import { Access } from "../../property/access.ts";
import { bytesOf } from "../../property/bytes.ts";
import { find } from "../../property/objects.ts";
import { pathOf, valueAt } from "../../property/path.ts";
import { readerOf } from "../../property/reader.ts";
import { requireType } from "../../property/selection.ts";
import type { Session } from "../../session/session.ts";
import type { InventoryRecord, Kind, RecordOf } from "../../state/record.ts";
import { isKind } from "../../state/view.ts";
import { allBelow } from "../../views/below.ts";

/** What a session may read of the inventory, at one moment. */
export class Inventory {
  readonly reader: Reader;
  readonly #access: Access;
  readonly #root: number;

  constructor(host: Host, session: Session) {
    this.reader = readerOf(host, session);
    this.#access = new Access(this.reader);
    this.#root = host.rootFolder;
  }

  object(id: number): InventoryRecord | undefined {
    return this.reader.object(id);
  }

  /** All objects of some kinds that the session may read, oldest first. */
  *all<K extends Kind>(kinds: readonly K[]): Generator<RecordOf<K>, void, undefined> {
    const ids = [...allBelow(this.#root, this.reader, new Set<Kind>(kinds))].sort((a, b) => a - b);
    for (const id of ids) {
      const found = find(this.reader, id);
      const record = this.reader.object(id);
      if (!found || !record || this.#access.sight(found) !== "read") continue;
      for (const kind of kinds) if (isKind(record, kind)) yield record;
    }
  }

  /** A property of a record, by its path. */
  value(record: InventoryRecord, path: string): unknown {
    const compiled = pathOf(requireType(record.kind), path);
    const bytes = compiled.inputs & inputs.bytes ? bytesOf(record.id, this.reader) : noBytes;
    return valueAt(compiled, record, this.reader, bytes);
  }

  /** The datacenter that an object is in, 0 for none. */
  datacenterOf(record: InventoryRecord): number {
    for (let at: InventoryRecord | undefined = record; at; at = this.reader.object(at.parent)) {
      if (at.kind === "Datacenter") return at.id;
    }
    return 0;
  }

  /** The id of an object as clients write it: of none, one that nobody writes. */
  idOf(id: number): string {
    const found = find(this.reader, id);
    return found?.ref.value ?? "";
  }
}
