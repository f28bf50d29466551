import type { Core } from "../core.ts";
import type { Reader } from "../properties/derivation.ts";
import type { Session } from "../session/session.ts";
import type { State } from "../state/state.ts";
import { viewOf } from "../state/view.ts";

/** Reads a state, the present one unless another is given, as a session sees it. Bytes and the time are always those of now. */
export function readerOf(core: Core, session: Session | undefined, state: State = core.universe.state): Reader {
  const { universe } = core;
  return {
    ...viewOf(state, universe.pages, universe.options.seed, universe.now),
    session,
    core,
    // An answer in pages may outlive the store that it began with.
    get pages() {
      return universe.pages;
    },
    get now() {
      return universe.now;
    },
  };
}
