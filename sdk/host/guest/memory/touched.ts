import type { Draft } from "../../state/draft.ts";
import type { GuestMemoryRecord, TouchedPages } from "../../state/guest-memory-record.ts";
import type { View } from "../../state/view.ts";
import { noPages, pagesIn, union, withPages } from "./sample.ts";

/** Milliseconds of an interval: vSphere's real-time statistics are of 20 seconds. */
export const interval = 20_000;
/** How many intervals count as lately, the present one among them: a minute. */
const lately = 3;

export const nothingKnown: GuestMemoryRecord = Object.freeze({ resident: [], next: 0, touched: [] });

/** Pages that a guest touches: a run of neighbours. */
export interface Touch {
  readonly first: number;
  readonly count: number;
  readonly written: boolean;
}

/** A guest touches pages of its memory. What it touched more than a minute ago is forgotten. */
export function touchPages(tx: Draft, machine: number, touches: readonly Touch[]): void {
  const before = tx.guestMemory.get(machine) ?? nothingKnown;
  const number = Math.floor(tx.now / interval);
  const last = before.touched.at(-1);
  let { touched, written } = last?.interval === number ? last : { touched: noPages, written: noPages };
  for (const touch of touches) {
    touched = withPages(touched, touch.first, touch.count);
    if (touch.written) written = withPages(written, touch.first, touch.count);
  }
  if (touched === (last?.touched ?? noPages) && written === (last?.written ?? noPages)) return;
  const others = before.touched.filter((one) => one.interval !== number && isLately(one, tx.now));
  tx.guestMemory.set(machine, { ...before, touched: [...others, { interval: number, touched, written }] });
}

/** How many different pages of its memory a guest has touched lately, and written: exact up to 256, estimated above. */
export function touchedPages(view: View, machine: number): { readonly touched: number; readonly written: number } {
  const record = view.state.guestMemory.get(machine);
  if (!record || record.touched.length === 0) return untouched;
  const last = record.touched.filter((one) => isLately(one, view.now));
  return {
    touched: pagesIn(union(last.map(({ touched }) => touched))),
    written: pagesIn(union(last.map(({ written }) => written))),
  };
}

const untouched = Object.freeze({ touched: 0, written: 0 });

const isLately = (one: TouchedPages, now: number): boolean => one.interval > Math.floor(now / interval) - lately;
