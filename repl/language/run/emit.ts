import type { Maybe } from "../maybe.ts";
import { Char } from "../values/char.ts";
import { itemsOf } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import type { Clock } from "./clock.ts";
import type { Sink } from "./sink.ts";

/** Sends what an expression gave down the pipeline: collections as their elements. */
export function emit(value: Value, out: Sink): Maybe<void> {
  if (typeof value !== "object" || value === null) return out.write(value);
  if (value === NOTHING) return undefined;
  const items = itemsOf(value);
  return items ? emitAll(items, out) : out.write(value);
}

export function emitAll(items: readonly Value[], out: Sink, from = 0): Maybe<void> {
  for (let index = from; index < items.length; index += 1) {
    const busy = out.write(items[index] ?? null);
    if (busy instanceof Promise) return busy.then(() => emitRest(items, out, index + 1));
  }
}

async function emitRest(items: readonly Value[], out: Sink, from: number): Promise<void> {
  for (let index = from; index < items.length; index += 1) {
    const busy = out.write(items[index] ?? null);
    if (busy instanceof Promise) await busy;
  }
}

/** Counts from one bound to the other without making an array. */
export function emitRange(first: number, last: number, chars: boolean, out: Sink, clock: Clock): Maybe<void> {
  const step = first <= last ? 1 : -1;
  const make = (at: number): Value => (chars ? new Char(at) : at);
  let at = first;
  const run = (): Promise<void> | undefined => {
    for (; step > 0 ? at <= last : at >= last; ) {
      const value = make(at);
      at += step;
      const busy = out.write(value) ?? clock.tick();
      if (busy instanceof Promise) return busy;
    }
    return undefined;
  };
  const busy = run();
  return busy && restOfRange(busy, run);
}

async function restOfRange(busy: Promise<void>, run: () => Promise<void> | undefined): Promise<void> {
  for (let pending: Promise<void> | undefined = busy; pending; pending = run()) await pending;
}
