import { alarm, wallTime } from "../clock.ts";
import { fault } from "../faults.ts";
import type { Host } from "../host.ts";
import { secretToken } from "../random.ts";
import type { Connection, LoginRules } from "../session/connection.ts";
import type { Session } from "../session/session.ts";
import type { Measured } from "./limits.ts";
import { LoginThrottle } from "./login-throttle.ts";

type From = Pick<Connection, "ipAddress" | "userAgent">;

/** A client with a token. */
interface Client {
  readonly connection: Connection;
  readonly session: Session;
  /** When something was asked last, by the wall clock. */
  used: number;
  /** Calls that are under way. */
  busy: number;
}

/**
 * Who is behind a cookie or a token. A client gets one when it logs in, and a new one each time: a token that somebody else has put
 * into its hands before is of no use to him. Tokens are of real chance; they are neither the session's key nor to be had from it.
 */
export class Clients {
  readonly #host: Host;
  readonly #limits: Measured;
  readonly #rules: LoginRules;
  readonly #byToken = new Map<string, Client>();
  readonly #alarm = alarm();

  constructor(host: Host, limits: Measured, anyAccount: boolean) {
    this.#host = host;
    this.#limits = limits;
    const throttle = new LoginThrottle(limits);
    this.#rules = {
      anyAccount,
      tried: (user, ipAddress) => throttle.tried(user, ipAddress),
      found: (user, ipAddress, right) => throttle.found(user, ipAddress, right),
      room: (user) => this.#requireRoom(user),
    };
  }

  /** The client with a token; undefined for a token that is not, or no longer, anybody's. */
  find(token: string | undefined): Connection | undefined {
    const client = token === undefined ? undefined : this.#byToken.get(token);
    if (!client || token === undefined) return undefined;
    const now = wallTime();
    if (!this.#lives(client, now)) {
      this.drop(token);
      return undefined;
    }
    client.used = now;
    return client.connection;
  }

  /** Somebody who has not logged in, with a token for him to keep: nothing is remembered of either. */
  anonymous(from: From): { readonly token: string; readonly connection: Connection } {
    return { token: secretToken(), connection: this.stranger(from) };
  }

  /** Somebody who has not logged in. */
  stranger({ ipAddress, userAgent }: From): Connection {
    return { session: undefined, ipAddress, userAgent, rules: this.#rules };
  }

  /** The token of a client that has just logged in. */
  open(connection: Connection): string {
    const { session } = connection;
    if (!session) throw new Error("Only who has a session gets a token.");
    const token = secretToken();
    this.#byToken.set(token, { connection, session, used: wallTime(), busy: 0 });
    this.#watch();
    return token;
  }

  /** Forgets a token, and ends its session if nobody else has. */
  drop(token: string): void {
    const client = this.#byToken.get(token);
    if (!client) return;
    this.#byToken.delete(token);
    const { session } = client;
    if (!this.#host.closed && this.#host.sessions.get(session.key) === session) this.#host.sessions.close(session);
  }

  /** A call of a client is under way, which keeps his session from ending, until the returned function is called. */
  hold(token: string | undefined): () => void {
    const client = token === undefined ? undefined : this.#byToken.get(token);
    if (!client) return () => {};
    client.busy++;
    return () => {
      client.busy--;
      client.used = wallTime();
    };
  }

  /** Ends the sessions of all. */
  close(): void {
    this.#alarm.set(undefined, () => {});
    for (const token of [...this.#byToken.keys()]) this.drop(token);
  }

  #lives({ session, used, busy }: Client, now: number): boolean {
    if (this.#host.sessions.get(session.key) !== session) return false;
    return busy > 0 || now - used < this.#limits.idle;
  }

  #requireRoom(userKey: string): void {
    const { sessions, sessionsPerUser } = this.#limits;
    this.#sweep();
    if (this.#byToken.size >= sessions) throw full(sessions, "in all");
    if (this.#byToken.size < sessionsPerUser) return;
    let own = 0;
    for (const { session } of this.#byToken.values()) if (session.user === userKey) own++;
    if (own >= sessionsPerUser) throw full(sessionsPerUser, "for one user");
  }

  #sweep(): void {
    const now = wallTime();
    for (const [token, client] of this.#byToken) if (!this.#lives(client, now)) this.drop(token);
  }

  #watch(): void {
    this.#alarm.set(wallTime() + Math.max(10, Math.min(this.#limits.idle / 4, 60_000)), () => {
      this.#sweep();
      if (this.#byToken.size > 0) this.#watch();
    });
  }
}

const full = (limit: number, of: string) =>
  fault(
    "LimitExceeded",
    { property: "sessionList", limit },
    `There are ${limit} sessions ${of}, and more are not allowed. Log out where a session is no longer needed.`,
  );
