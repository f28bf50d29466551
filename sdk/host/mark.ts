import type { PageStore } from "./cow/page-store.ts";
import type { State } from "./state/state.ts";

/** A vCenter as it was at one moment. Release it when it is no longer needed: it keeps the bytes of that moment alive. */
export interface Mark extends Disposable {
  readonly state: State;
  readonly pages: PageStore;
  readonly released: boolean;
  /** Forgets it; releasing it again does nothing. */
  release(): void;
}

export function markOf(state: State, pages: PageStore): Mark {
  let released = false;
  const release = (): void => {
    released = true;
    pages.close();
  };
  return Object.freeze({
    state,
    pages,
    get released() {
      return released;
    },
    release,
    [Symbol.dispose]: release,
  });
}
