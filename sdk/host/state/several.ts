import type { PersistentIndex } from "../cow/persistent-index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import type { Members } from "./record.ts";

/**
 * The numbers that share a key, in ascending order: nearly always one, which is then kept as it is; but a hundred thousand forks
 * may show one address, and as many tasks wait for one machine.
 */
export type Several = number | Members;

/** A draft of a collection of them, whatever its keys are. */
interface Table<K> {
  get(key: K): Several | undefined;
  set(key: K, value: Several): unknown;
  delete(key: K): unknown;
}

/** Adds a number to those of a key. */
export function include<K>(table: Table<K>, key: K, id: number): void {
  const known = table.get(key);
  if (known === undefined || known === id) table.set(key, id);
  else if (typeof known === "number") table.set(key, PersistentMap.empty<true>().set(known, true).set(id, true));
  else table.set(key, known.set(id, true));
}

/** Takes a number from those of a key. */
export function exclude<K>(table: Table<K>, key: K, id: number): void {
  const known = table.get(key);
  if (known === id) table.delete(key);
  if (known === undefined || typeof known === "number") return;
  const rest = known.delete(id);
  const last = rest.firstKey();
  if (rest.size > 1 || last === undefined) table.set(key, rest);
  else table.set(key, last);
}

/** The least of the numbers that share a key, if there are any. */
export const firstOf = (several: Several | undefined): number | undefined =>
  typeof several === "number" ? several : several?.firstKey();

/** All of the numbers that share a key. */
export const members = (several: Several | undefined): Iterable<number> =>
  several === undefined ? [] : typeof several === "number" ? [several] : several.keys();

/** The numbers of a key. */
export const all = (index: Pick<PersistentIndex<Several>, "get">, key: string): Iterable<number> =>
  members(index.get(key));
