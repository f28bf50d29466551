/**
 * A value that is there, or a promise of it. The language runs synchronously until something really has to wait,
 * so nothing pays for promises that are not needed.
 */
export type Maybe<T> = T | Promise<T>;

export function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

/** Goes on with `next` at once when `value` is there, after it when it is a promise. */
export function after<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Runs `action` on each item in turn, waiting only where an action returns a promise. */
export function eachInTurn<T>(items: Iterable<T>, action: (item: T) => Maybe<void>): Maybe<void> {
  const iterator = items[Symbol.iterator]();
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    const pending = action(step.value);
    if (pending instanceof Promise) return rest(pending, iterator, action);
  }
}

async function rest<T>(pending: Promise<void>, iterator: Iterator<T>, action: (item: T) => Maybe<void>): Promise<void> {
  await pending;
  for (let step = iterator.next(); !step.done; step = iterator.next()) await action(step.value);
}
