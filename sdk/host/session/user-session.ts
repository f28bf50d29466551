import type { vim } from "../../vim/index.ts";
import type { Session } from "./session.ts";

/** A session as the vim25 view shows it. */
export function userSession(session: Session): vim.UserSession {
  return Object.freeze({
    key: session.key,
    userName: session.userName,
    fullName: session.fullName,
    loginTime: new Date(session.loginTime).toISOString(),
    lastActiveTime: new Date(session.lastActive).toISOString(),
    locale: session.locale,
    messageLocale: session.locale,
    extensionSession: false,
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    callCount: session.calls,
  });
}
