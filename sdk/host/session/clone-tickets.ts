import type { Session } from "./session.ts";

/** vSphere's own, in milliseconds by the vCenter's clock. */
const lifetime = 30_000;
/** Nobody needs more at once: the oldest are forgotten. */
const most = 1000;

/** Leave to open a session like one that there is, for once: one client hands it to another. */
export class CloneTickets {
  readonly #open = new Map<string, { readonly session: Session; readonly expires: number }>();

  add(ticket: string, session: Session, now: number): void {
    for (const [old, { expires }] of this.#open) {
      if (expires > now && this.#open.size < most) break;
      this.#open.delete(old);
    }
    this.#open.set(ticket, { session, expires: now + lifetime });
  }

  /** The session that a ticket is for; it is used up. Undefined where it is not, or no longer, one. */
  redeem(ticket: string, now: number): Session | undefined {
    const found = this.#open.get(ticket);
    this.#open.delete(ticket);
    return found && found.expires > now ? found.session : undefined;
  }
}
