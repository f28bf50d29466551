import { vim25 } from "./generated/vim25.ts";
import { fromDigits, pick, type RawTable } from "./notation.ts";

type Section = "data" | "enums" | "managed";

/**
 * The table's text made accessible: parsed once, records still encoded. Records are sorted by name and found by
 * bisection, so there is no index to build: the first look-up costs little more than `JSON.parse`.
 */
export class Table {
  readonly raw: RawTable;
  readonly #types: string[] = [];
  readonly #managedTypes: string[] = [];
  #children: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(raw: RawTable) {
    this.raw = raw;
  }

  /** The record of a type. */
  find(section: Section, name: string): string | undefined {
    const records = this.raw[section];
    const start = `${name}:`;
    let low = 0;
    let high = records.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const record = records[middle] ?? "";
      if (record.startsWith(start)) return record;
      if (nameOf(record) < name) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  names(section: Section): string[] {
    return this.raw[section].map(nameOf);
  }

  /** The name of a wire, data or enum type by its number. */
  type(digits: string): string {
    const { primitives, data, enums, foreign } = this.raw;
    return cachedName(this.#types, [primitives, data, enums, foreign], fromDigits(digits));
  }

  /** The name of a managed type by its number. */
  managedType(digits: string): string {
    return cachedName(this.#managedTypes, [this.raw.managed, this.raw.foreignManaged], fromDigits(digits));
  }

  /** The names of the direct subtypes of a data or managed type. */
  subtypes(name: string): readonly string[] {
    this.#children ??= new Map([
      ...childrenOf(this.raw.data, (digits) => this.type(digits)),
      ...childrenOf(this.raw.managed, (digits) => this.managedType(digits)),
    ]);
    return this.#children.get(name) ?? [];
  }
}

let parsed: Table | undefined;

/** The table; the first call parses it. */
export function table(): Table {
  parsed ??= new Table(JSON.parse(vim25));
  return parsed;
}

/** A record's name; an entry without a colon is itself a name. */
function nameOf(record: string): string {
  const colon = record.indexOf(":");
  return colon < 0 ? record : record.slice(0, colon);
}

function cachedName(names: string[], lists: readonly (readonly string[])[], number: number): string {
  const known = names[number];
  if (known !== undefined) return known;
  let at = number;
  for (const list of lists) {
    if (at < list.length) {
      const name = nameOf(pick(list, at));
      names[number] = name;
      return name;
    }
    at -= list.length;
  }
  throw new Error(`the vim25 table has no type ${number}`);
}

function childrenOf(records: readonly string[], name: (digits: string) => string): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const record of records) {
    const base = /^\w+:([0-9A-Za-z]+)/.exec(record)?.[1];
    if (base === undefined) continue;
    const siblings = children.get(name(base));
    if (siblings) siblings.push(nameOf(record));
    else children.set(name(base), [nameOf(record)]);
  }
  return children;
}
