import type { IndexDraft, PersistentIndex } from "../cow/persistent-index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import type { Members } from "./record.ts";

/** The objects that share a key: nearly always one, kept as its number; a hundred thousand forks may show one address. */
export type Several = number | Members;

/** Adds an object to those of a key. */
export function include(index: IndexDraft<Several>, key: string, id: number): void {
  const known = index.get(key);
  if (known === undefined || known === id) index.set(key, id);
  else if (typeof known === "number")
    index.set(
      key,
      PersistentMap.empty<true>().edit((both) => both.set(known, true).set(id, true)),
    );
  else index.set(key, known.set(id, true));
}

/** Takes an object from those of a key. */
export function exclude(index: IndexDraft<Several>, key: string, id: number): void {
  const known = index.get(key);
  if (known === id) index.delete(key);
  if (known === undefined || typeof known === "number") return;
  const rest = known.delete(id);
  const last = rest.firstKey();
  if (rest.size > 1 || last === undefined) index.set(key, rest);
  else index.set(key, last);
}

/** The objects of a key, in order of their numbers. */
export function all(index: Pick<PersistentIndex<Several>, "get">, key: string): Iterable<number> {
  const known = index.get(key);
  return known === undefined ? [] : typeof known === "number" ? [known] : known.keys();
}
