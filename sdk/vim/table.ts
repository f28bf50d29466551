import { vim25 } from "./generated/vim25.ts";
import { fromDigits, pick, type RawTable } from "./notation.ts";

/** The table's text made accessible: parsed once, names indexed, records still encoded. */
export interface Table {
  readonly raw: RawTable;
  /** Each type's record by name. */
  readonly data: ReadonlyMap<string, string>;
  readonly enums: ReadonlyMap<string, string>;
  readonly managed: ReadonlyMap<string, string>;
  /** The name of a wire, data or enum type by its number. */
  type(digits: string): string;
  /** The name of a managed type by its number. */
  managedType(digits: string): string;
  /** The names of the direct subtypes of a data or managed type. */
  subtypes(name: string): readonly string[];
}

let parsed: Table | undefined;

/** The table; the first call parses it, in a few milliseconds. */
export function table(): Table {
  parsed ??= parseTable(JSON.parse(vim25));
  return parsed;
}

export function parseTable(raw: RawTable): Table {
  const data = byName(raw.data);
  const enums = byName(raw.enums);
  const managed = byName(raw.managed);
  const types = [...raw.primitives, ...data.keys(), ...enums.keys(), ...raw.foreign];
  const managedTypes = [...managed.keys(), ...raw.foreignManaged];
  let children: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    raw,
    data,
    enums,
    managed,
    type: (digits) => pick(types, digits),
    managedType: (digits) => pick(managedTypes, digits),
    subtypes(name) {
      children ??= new Map([...childrenOf(data, types), ...childrenOf(managed, managedTypes)]);
      return children.get(name) ?? [];
    },
  };
}

function byName(records: readonly string[]): Map<string, string> {
  return new Map(records.map((record) => [record.slice(0, record.indexOf(":")), record]));
}

function childrenOf(records: ReadonlyMap<string, string>, names: readonly string[]): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [name, record] of records) {
    const base = names[fromDigits(/:([0-9A-Za-z]*)/.exec(record)?.[1] ?? "")];
    if (base === undefined) continue;
    const siblings = children.get(base);
    if (siblings) siblings.push(name);
    else children.set(base, [name]);
  }
  return children;
}
