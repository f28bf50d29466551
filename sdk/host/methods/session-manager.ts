import { type Handlers, sessionOf } from "../call.ts";
import { fault, invalidArgument } from "../faults.ts";
import { principalKey } from "../session/sessions.ts";
import { userSession } from "../session/user-session.ts";

export const sessionManager: Handlers<"SessionManager"> = {
  Login({ core, connection, session }, { userName, password, locale }) {
    if (session) throw invalidArgument("userName", "This client is logged in already. Log out first.");
    if (locale !== undefined && !/^en([_-]US)?$/i.test(locale)) {
      throw fault("InvalidLocale", {}, `The locale '${locale}' is not there. Use en.`);
    }
    connection.session = core.sessions.login(userName, password, core.universe.now, connection);
    return userSession(connection.session);
  },

  Logout(call) {
    call.core.sessions.close(sessionOf(call));
    call.connection.session = undefined;
  },

  SessionIsActive({ core }, { sessionID, userName }) {
    const session = core.sessions.get(sessionID);
    return session !== undefined && principalKey(session.userName) === principalKey(userName);
  },

  TerminateSession(call, { sessionId }) {
    const { sessions } = call.core;
    const own = sessionOf(call).key;
    const doomed = sessionId.map((key) => {
      const session = sessions.get(key);
      if (session && key !== own) return session;
      throw key === own
        ? invalidArgument("sessionId", "A session cannot terminate itself. Log out instead.")
        : fault("NotFound", {}, `There is no session '${key}'.`);
    });
    for (const session of doomed) sessions.close(session);
  },

  SetLocale(call, { locale }) {
    if (!/^en([_-]US)?$/i.test(locale))
      throw fault("InvalidLocale", {}, `The locale '${locale}' is not there. Use en.`);
    sessionOf(call).locale = locale;
  },
};
