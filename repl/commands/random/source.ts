import type { Service } from "../../language/index.ts";

export interface RandomSource {
  /** A number from 0 up to, not including, 1. */
  next(): number;
}

/** The session's random numbers; a seed makes them repeat. */
export const random: Service<{ source: RandomSource }> = {
  name: "random",
  create: () => ({ source: { next: Math.random } }),
};

/** Mulberry32: small, and the same everywhere. */
export function seeded(seed: number): RandomSource {
  let state = seed | 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
