/**
 * What is known of a guest's memory beside its bytes. Kept only of machines that have something to be known: a fork that has
 * touched nothing and whose source runs no processes has none.
 */
export interface GuestMemoryRecord {
  /** The pages that processes hold, in ascending order; forks share the list with their source until one of them changes it. */
  readonly resident: readonly ResidentPages[];
  /** Where the search for free pages goes on: what was freed last is used last. */
  readonly next: number;
  /** What the guest has touched of late: each machine's own. */
  readonly touched: readonly TouchedPages[];
}

/** Neighbouring pages of guest memory that a process holds. */
export interface ResidentPages {
  readonly process: number;
  readonly first: number;
  readonly count: number;
}

/** Which pages a guest has touched in one interval, as a sample (`guest/memory/sample.ts`). */
export interface TouchedPages {
  /** The interval's number: time over its length. */
  readonly interval: number;
  readonly touched: readonly number[];
  readonly written: readonly number[];
}

/** A guest at work on its memory. All that it will touch follows from this: what is kept of its past is how far it has come. */
export interface WorkloadRecord {
  readonly pagesPerSecond: number;
  /** Pages. */
  readonly workingSet: number;
  /** The first page of the working set. */
  readonly first: number;
  readonly locality: number;
  readonly writes: number;
  readonly seed: number;
  /** How many pages it touches in all, and how many it has touched. */
  readonly total: number;
  readonly done: number;
  /** When it began, or went on after the guest had stood still, and how many it had touched then; milliseconds since the epoch. */
  readonly since: number;
  readonly before: number;
}
