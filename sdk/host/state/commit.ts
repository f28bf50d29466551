import type { State } from "./state.ts";

/** What a transaction that went through has changed. */
export interface Commit {
  readonly state: State;
  /** Numbers of the inventory objects that were put or removed, or whose bytes changed hands. */
  readonly touched: ReadonlySet<number>;
  readonly tasks: ReadonlySet<number>;
  readonly events: boolean;
  /** Another state was put in the place of the last one: bytes may differ anywhere, also where records do not. */
  readonly restored: boolean;
}
