import type { PersistentMap } from "../cow/persistent-map.ts";

/** How a machine came to be. */
export type Making = "new" | "clone" | "linkedClone" | "instantClone";

/**
 * The machines that were made from one machine. A million forks of one source have neighbouring numbers, so only how many there are
 * among some neighbours is kept: who they are is in their own records.
 */
export interface ForksRecord {
  /** Number of a fork, without its last six bits -> how many of those 64 numbers are forks of the machine. */
  readonly counts: PersistentMap<number>;
  /** What the machine was, set when it is gone while some of its forks are not. */
  readonly gone: GoneMachine | undefined;
}

export interface GoneMachine {
  readonly name: string;
  readonly source: number;
  readonly made: Making;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
