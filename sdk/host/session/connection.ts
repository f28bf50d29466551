import type { Session } from "./session.ts";

/** One client at one door. Logging in gives it a session, logging out takes it away. */
export interface Connection {
  session: Session | undefined;
  readonly ipAddress: string;
  readonly userAgent: string;
}
