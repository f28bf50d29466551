import { Char } from "./char.ts";
import { Double } from "./double.ts";
import type { Value } from "./value.ts";

interface Entry {
  readonly key: Value;
  value: Value;
}

/**
 * A `[hashtable]` or `[ordered]` dictionary: keys of any type, strings in any case, entries in the order they were
 * added. `caseSensitive` is for `Dictionary[string, ...]`, which compares keys exactly.
 */
export class Hashtable {
  readonly ordered: boolean;
  readonly caseSensitive: boolean;
  private readonly entriesByKey = new Map<unknown, Entry>();

  constructor(options: { readonly ordered?: boolean; readonly caseSensitive?: boolean } = {}) {
    this.ordered = options.ordered ?? false;
    this.caseSensitive = options.caseSensitive ?? false;
  }

  static from(entries: Iterable<readonly [Value, Value]>, options: { readonly ordered?: boolean } = {}): Hashtable {
    const table = new Hashtable(options);
    for (const [key, value] of entries) table.set(key, value);
    return table;
  }

  get size(): number {
    return this.entriesByKey.size;
  }

  /** The value of a key; undefined when there is no such key (in the language: `$null`). */
  get(key: Value): Value | undefined {
    return this.entriesByKey.get(this.hash(key))?.value;
  }

  has(key: Value): boolean {
    return this.entriesByKey.has(this.hash(key));
  }

  set(key: Value, value: Value): void {
    const hash = this.hash(key);
    const entry = this.entriesByKey.get(hash);
    if (entry) entry.value = value;
    else this.entriesByKey.set(hash, { key, value });
  }

  delete(key: Value): boolean {
    return this.entriesByKey.delete(this.hash(key));
  }

  clear(): void {
    this.entriesByKey.clear();
  }

  *keys(): Generator<Value> {
    for (const entry of this.entriesByKey.values()) yield entry.key;
  }

  *values(): Generator<Value> {
    for (const entry of this.entriesByKey.values()) yield entry.value;
  }

  *entries(): Generator<[Value, Value]> {
    for (const entry of this.entriesByKey.values()) yield [entry.key, entry.value];
  }

  /** The entry at a position: `$ordered[0]`. */
  at(position: number): Value | undefined {
    const entries = [...this.entriesByKey.values()];
    return entries[position < 0 ? entries.length + position : position]?.value;
  }

  copy(): Hashtable {
    const table = new Hashtable(this);
    for (const [key, value] of this.entries()) table.set(key, value);
    return table;
  }

  private hash(key: Value): unknown {
    if (typeof key === "string") return this.caseSensitive ? `s${key}` : `s${key.toLowerCase()}`;
    if (key instanceof Char) return `c${key.code}`;
    if (key instanceof Double) return `d${key.value}`;
    return key;
  }
}

/** One entry of a hashtable as `GetEnumerator()` gives it. */
export class DictionaryEntry {
  readonly key: Value;
  readonly value: Value;

  constructor(key: Value, value: Value) {
    this.key = key;
    this.value = value;
  }
}
