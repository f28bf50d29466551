import { type Call, type Handlers, sessionOf } from "../call.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import { noteLogin, noteLogout, noteRefusal, noteTermination } from "../session/session-events.ts";
import { principalKey } from "../session/sessions.ts";
import { userSession } from "../session/user-session.ts";

export const sessionManager: Handlers<"SessionManager"> = {
  Login(call, { userName, password, locale }) {
    const { core, connection } = call;
    requireNoSession(call, "userName");
    requireLocale(locale);
    try {
      connection.session = core.sessions.login(userName, password, core.universe.now, connection);
    } catch (error) {
      if (error instanceof Error && error.name === "InvalidLogin") noteRefusal(core, connection);
      throw error;
    }
    noteLogin(core, connection.session, connection);
    return userSession(connection.session);
  },

  Logout(call) {
    const { core, connection } = call;
    const session = sessionOf(call);
    core.sessions.close(session);
    connection.session = undefined;
    noteLogout(core, session, connection);
  },

  SessionIsActive({ core }, { sessionID, userName }) {
    const session = core.sessions.get(sessionID);
    return session !== undefined && principalKey(session.userName) === principalKey(userName);
  },

  TerminateSession(call, { sessionId }) {
    const { core, connection } = call;
    const { sessions } = core;
    const own = sessionOf(call);
    const doomed = sessionId.map((key) => {
      const session = sessions.get(key);
      if (session && session !== own) return session;
      throw session === own
        ? invalidArgument("sessionId", "A session cannot terminate itself. Log out instead.")
        : fault("NotFound", {}, `There is no session '${key.slice(0, 100)}'.`);
    });
    for (const session of doomed) {
      sessions.close(session);
      noteTermination(core, session, own, connection);
    }
  },

  SetLocale(call, { locale }) {
    requireLocale(locale);
    sessionOf(call).locale = locale;
  },

  AcquireCloneTicket(call) {
    const { core } = call;
    const ticket = `cst-VCT-${core.tickets.newToken()}`;
    core.sessions.cloneTickets.add(ticket, sessionOf(call), core.universe.now);
    return ticket;
  },

  CloneSession(call, { cloneTicket }) {
    const { core, connection } = call;
    const { sessions, universe } = core;
    requireNoSession(call, "cloneTicket");
    const like = sessions.cloneTickets.redeem(cloneTicket, universe.now);
    if (!like || !sessions.isOpen(like)) {
      throw fault(
        "InvalidLogin",
        {},
        "Cannot complete login: the ticket was used, has expired, or was never given out.",
      );
    }
    connection.rules?.room(like.user);
    connection.session = sessions.clone(like, universe.now, connection);
    noteLogin(core, connection.session, connection);
    return userSession(connection.session);
  },

  ImpersonateUser(call, { userName, locale }) {
    const { core, connection } = call;
    const before = sessionOf(call);
    requireLocale(locale);
    const user = core.sessions.users.find(({ name }) => principalKey(name) === principalKey(userName));
    if (!user) throw fault("InvalidLogin", {}, `Cannot complete login: there is no user '${userName.slice(0, 200)}'.`);
    core.sessions.close(before);
    connection.session = core.sessions.open(user, core.universe.now, connection);
    noteLogin(core, connection.session, connection);
    return userSession(connection.session);
  },

  AcquireGenericServiceTicket(call, { spec }) {
    const session = sessionOf(call);
    if (spec._typeName !== "SessionManagerHttpServiceRequestSpec" || !("url" in spec) || typeof spec.url !== "string") {
      throw notSupported("A ticket for anything but a request of HTTP (SessionManagerHttpServiceRequestSpec)");
    }
    const { tickets } = call.core;
    const id = tickets.newToken();
    const method = "method" in spec && typeof spec.method === "string" ? spec.method : undefined;
    tickets.passes.add(id, session, method, spec.url);
    const { thumbprint } = tickets;
    return { id, ticketType: "HttpServiceTicket", ...(thumbprint === "" ? {} : { sslThumbprint: thumbprint }) };
  },
};

function requireNoSession({ session }: Call, argument: string): void {
  if (session) throw invalidArgument(argument, "This client is logged in already. Log out first.");
}

function requireLocale(locale: string | undefined): void {
  if (locale === undefined || /^en([_-]US)?$/i.test(locale)) return;
  throw fault("InvalidLocale", {}, `The locale '${locale.slice(0, 100)}' is not there. Use en.`);
}
