import type { Maybe } from "../language/index.ts";

/** All the values, at once when none of them is a promise. */
export function all<T>(values: readonly Maybe<T>[]): Maybe<T[]> {
  const present: T[] = [];
  for (const value of values) {
    if (value instanceof Promise) return Promise.all(values);
    present.push(value);
  }
  return present;
}
