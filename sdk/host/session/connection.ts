import type { Session } from "./session.ts";

/** One client at one door. Logging in gives it a session, logging out takes it away. */
export interface Connection {
  session: Session | undefined;
  readonly ipAddress: string;
  readonly userAgent: string;
  /** Of those who came over a network: what is asked of them when they log in. */
  readonly rules?: LoginRules;
}

/** What a listening host asks of those who log in. */
export interface LoginRules {
  /** Any name and password will do, and everybody is an administrator. */
  readonly anyAccount: boolean;
  /** Before the password is looked at. Throws InvalidLogin where too many were wrong of late. */
  tried(userKey: string, ipAddress: string): void;
  /** Afterwards. */
  found(userKey: string, ipAddress: string, right: boolean): void;
  /** Before a session is opened. Throws LimitExceeded. */
  room(userKey: string): void;
}
