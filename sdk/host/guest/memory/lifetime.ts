import type { Draft } from "../../state/draft.ts";
import { nothingKnown } from "./touched.ts";

/** A fork's processes hold the pages that its source's hold, and a guest at work works on; but it has touched nothing yet. */
export function inheritGuestMemory(tx: Draft, source: number, fork: number): void {
  const { state } = tx;
  // Nearly always there is nothing: a fork of a golden machine is not to pay for what it has not got.
  if (state.guestMemory.size > 0) {
    const known = tx.guestMemory.get(source);
    if (known && known.resident.length > 0)
      tx.guestMemory.set(fork, known.touched.length === 0 ? known : { ...known, touched: nothingKnown.touched });
  }
  if (state.workloads.size > 0) {
    const work = tx.workloads.get(source);
    if (work) tx.workloads.set(fork, work);
  }
}

/** A guest's memory is gone, and with it all that was in it. */
export function dropGuestMemory(tx: Draft, machine: number): void {
  if (tx.state.guestMemory.size > 0) tx.guestMemory.delete(machine);
  if (tx.state.workloads.size > 0) tx.workloads.delete(machine);
}
