import type { Maybe } from "../maybe.ts";

/** Applies a function to each item in turn, waiting only where it returns a promise. */
export function collectInTurn<T, R>(items: readonly T[], apply: (item: T, index: number) => Maybe<R>): Maybe<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    const result = apply(item, index);
    if (result instanceof Promise) return rest(result, results, items, apply);
    results.push(result);
  }
  return results;
}

async function rest<T, R>(
  pending: Promise<R>,
  results: R[],
  items: readonly T[],
  apply: (item: T, index: number) => Maybe<R>,
): Promise<R[]> {
  results.push(await pending);
  for (const item of items.slice(results.length)) {
    results.push(await apply(item, results.length));
  }
  return results;
}
