import type { Core } from "../core.ts";
import { iso } from "../properties/values.ts";
import { newChain, post } from "../state/event.ts";
import type { Connection } from "./connection.ts";
import type { Session } from "./session.ts";

/** Tells the event log who came and went over a network. The owner of an embedded host does so without a word. */
export function noteLogin(core: Core, session: Session, { rules, ipAddress, userAgent }: Connection): void {
  if (!rules) return;
  const { key: sessionId, locale } = session;
  tell(core, session.userName, "UserLoginSessionEvent", { ipAddress, userAgent, locale, sessionId });
}

export function noteLogout(core: Core, session: Session, { rules }: Connection): void {
  if (!rules) return;
  const { key: sessionId, ipAddress, userAgent, calls, loginTime } = session;
  const more = { ipAddress, userAgent, callCount: calls, sessionId, loginTime: iso(loginTime) };
  tell(core, session.userName, "UserLogoutSessionEvent", more);
}

/** Somebody gave a wrong name or password. What he typed may be a password in the wrong place, and is not kept. */
export function noteRefusal(core: Core, { rules, ipAddress }: Connection): void {
  if (rules) tell(core, "", "BadUsernameSessionEvent", { ipAddress });
}

export function noteTermination(core: Core, session: Session, by: Session, { rules }: Connection): void {
  if (!rules) return;
  const more = { sessionId: session.key, terminatedUsername: session.userName };
  tell(core, by.userName, "SessionTerminatedEvent", more);
}

function tell(core: Core, user: string, type: string, more: Readonly<Record<string, unknown>>): void {
  core.universe.transact((tx) => post(tx, { user, chain: newChain(tx) }, type, { more }));
}
