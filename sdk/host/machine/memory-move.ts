import type { Draft } from "../state/draft.ts";

/**
 * Guest memory goes to where it has nothing in common with others: to another host, to a file, or back from there. What it shares
 * is copied; where it shares nothing it is only charged to another account.
 */
export function moveMemory(tx: Draft, owner: number, memory: number, account: number): number {
  if (tx.pages.figures(memory).shared === 0) {
    tx.rechargeSpace(memory, account);
    return memory;
  }
  tx.dropSpace(memory);
  return tx.copySpace(memory, owner, account);
}
