import { escapeName } from "../../state/name.ts";
import type { Kind, RecordOf } from "../../state/record.ts";
import type { Caller } from "./caller.ts";
import { RestError } from "./error.ts";
import type { Inventory } from "./inventory.ts";

/** A list of the inventory: `GET /api/vcenter/vm` and its like. */
export interface List<K extends Kind> {
  readonly kinds: readonly K[];
  /** The filter by id. */
  readonly ids: string;
  /** The other filters, but for those by name and by datacenter, which all lists have: what of an object each compares. */
  readonly filters: Readonly<Record<string, (record: RecordOf<K>, inventory: Inventory) => string>>;
  /** Filters that take some words only. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** More objects than so many are not listed. */
  readonly most: number;
  readonly row: (record: RecordOf<K>, inventory: Inventory) => Readonly<Record<string, unknown>>;
  /** What is no object for these clients. */
  readonly hides?: (record: RecordOf<K>) => boolean;
}

/** Answers a list. Throws UNABLE_TO_ALLOCATE_RESOURCE when it would be longer than vCenter's own. */
export function listed<K extends Kind>(list: List<K>, caller: Caller): readonly object[] {
  const { inventory } = caller;
  const compared: Readonly<Record<string, (record: RecordOf<K>, inventory: Inventory) => string>> = {
    [list.ids]: ({ id }) => inventory.idOf(id),
    names: ({ name }) => escapeName(name),
    ...(list.ids === "datacenters"
      ? {}
      : { datacenters: (record: RecordOf<K>) => inventory.idOf(inventory.datacenterOf(record)) }),
    ...list.filters,
  };
  const filter = caller.filter(Object.keys(compared));
  const tests = Object.entries(compared).flatMap(([name, of]) => {
    const known = list.words?.[name];
    const wanted = known ? filter.words(name, known) : filter.values(name);
    return wanted ? [(record: RecordOf<K>) => wanted.has(of(record, inventory))] : [];
  });
  const rows: object[] = [];
  for (const record of inventory.all(list.kinds)) {
    if (list.hides?.(record) || !tests.every((test) => test(record))) continue;
    if (rows.length >= list.most) {
      throw new RestError(
        "UNABLE_TO_ALLOCATE_RESOURCE",
        `Too many objects: more than ${list.most} match. Narrow the list with filters: ${Object.keys(compared).join(", ")}.`,
      );
    }
    rows.push(list.row(record, inventory));
  }
  return rows;
}
