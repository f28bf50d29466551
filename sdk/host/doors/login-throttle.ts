import { wallTime } from "../clock.ts";
import { fault } from "../faults.ts";
import type { Measured } from "./limits.ts";

/** Wrong passwords of late. */
interface Failures {
  count: number;
  /** When the last one was. */
  last: number;
}

/** Wrong passwords are forgotten after so many milliseconds. */
const memory = 15 * 60_000;
/** More users and addresses than these are not kept in mind: the oldest are forgotten. */
const most = 10_000;
/** How many more wrong passwords an address may send for different users, and a user may get from different addresses. */
const wider = 5;

/**
 * Makes guessing passwords slow. After five wrong passwords (`failedLogins`) for one user from one address, that address has to wait
 * before it tries that user again: a second, then twice as long each time, up to 15 seconds (`loginPause`). The same holds for an
 * address after 25 wrong passwords for whichever users, and for a user after 25 from whichever addresses; for a user it is never
 * more than a second, so that nobody can lock him out. What comes too early is refused unseen and does not lengthen the wait. A
 * right password clears the slate of that user at that address.
 */
export class LoginThrottle {
  readonly #limits: Measured;
  readonly #failures = new Map<string, Failures>();

  constructor(limits: Measured) {
    this.#limits = limits;
  }

  /** Throws InvalidLogin if it is too early for another try. */
  tried(user: string, ipAddress: string): void {
    const now = wallTime();
    const wait = Math.max(
      this.#wait(pairKey(user, ipAddress), now, 1, this.#limits.loginPause),
      this.#wait(addressKey(ipAddress), now, wider, this.#limits.loginPause),
      this.#wait(userKey(user), now, wider, Math.min(1000, this.#limits.loginPause)),
    );
    if (wait <= 0) return;
    const seconds = Math.ceil(wait / 1000);
    throw fault(
      "InvalidLogin",
      {},
      `Cannot complete login: too many passwords were wrong. Try again in ${seconds} second${seconds === 1 ? "" : "s"}.`,
    );
  }

  found(user: string, ipAddress: string, right: boolean): void {
    if (right) {
      this.#failures.delete(pairKey(user, ipAddress));
      return;
    }
    const now = wallTime();
    for (const key of [pairKey(user, ipAddress), addressKey(ipAddress), userKey(user)]) this.#count(key, now);
  }

  #wait(key: string, now: number, times: number, longest: number): number {
    const failures = this.#failures.get(key);
    if (!failures || now - failures.last > memory) return 0;
    const over = failures.count - this.#limits.failedLogins * times;
    if (over < 0) return 0;
    return failures.last + Math.min(1000 * 2 ** Math.min(over, 20), longest) - now;
  }

  #count(key: string, now: number): void {
    const before = this.#failures.get(key);
    this.#failures.delete(key);
    this.#failures.set(key, { count: before && now - before.last <= memory ? before.count + 1 : 1, last: now });
    if (this.#failures.size <= most) return;
    for (const oldest of this.#failures.keys()) {
      this.#failures.delete(oldest);
      return;
    }
  }
}

const pairKey = (user: string, ipAddress: string) => `p ${ipAddress} ${user.slice(0, 200)}`;
const addressKey = (ipAddress: string) => `a ${ipAddress}`;
const userKey = (user: string) => `u ${user.slice(0, 200)}`;
