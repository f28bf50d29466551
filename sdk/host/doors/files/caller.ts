import { fault, HostFault } from "../../faults.ts";
import type { Connection } from "../../session/connection.ts";
import type { Exchange } from "../exchange.ts";
import { soapToken } from "../soap/cookie.ts";

/** Who asks for a file. */
interface Caller {
  readonly connection: Connection;
  /** Called when the request has been answered. */
  end(): void;
}

/**
 * Finds who asks: by the ticket for this one request, by the cookie or token of a session, or by name and password, for which a session
 * is opened as long as the request takes. Throws NotAuthenticated or InvalidLogin.
 */
export function callerOf(exchange: Exchange): Caller {
  const { headers, clients, host, ipAddress, userAgent } = exchange;
  const cookie = headers.cookie ?? "";
  const ticket = /(?:^|;)\s*vmware_cgi_ticket="?([\w-]{1,100})/.exec(cookie)?.[1];
  if (ticket !== undefined) {
    const target = exchange.query.size === 0 ? exchange.path : `${exchange.path}?${exchange.query}`;
    const session = host.tickets.passes.redeem(ticket, exchange.method, target);
    return { connection: { session, ipAddress, userAgent }, end: () => {} };
  }
  const token = [soapToken(cookie), headers["vmware-api-session-id"], apiCookie(cookie)].find(
    (one): one is string => typeof one === "string" && clients.find(one) !== undefined,
  );
  const connection = clients.find(token);
  if (connection) return { connection, end: clients.hold(token) };
  const [user, password] = basic(headers.authorization) ?? [];
  if (user === undefined || password === undefined) throw notAuthenticated();
  const guest = clients.stranger({ ipAddress, userAgent });
  const session = host.sessions.login(user, password, host.universe.now, guest);
  guest.session = session;
  return { connection: guest, end: () => host.closed || host.sessions.close(session) };
}

/** Whether an error says that nobody is logged in, so that a name and a password would help. */
export const isStranger = (error: unknown): boolean =>
  error instanceof HostFault && (error.name === "NotAuthenticated" || error.name === "InvalidLogin");

const apiCookie = (cookie: string): string | undefined =>
  /(?:^|;)\s*vmware-api-session-id="?([\w-]{1,100})/.exec(cookie)?.[1];

/** `Basic` and the name and password in base64. */
function basic(header: string | undefined): readonly [user: string, password: string] | undefined {
  const match = /^Basic\s+([A-Za-z0-9+/_-]{1,2000}={0,2})$/i.exec(header ?? "");
  if (!match?.[1]) return undefined;
  const text = Buffer.from(match[1], "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
}

const notAuthenticated = () =>
  fault(
    "NotAuthenticated",
    { object: { type: "FileManager", value: "FileManager" }, privilegeId: "Datastore.Browse" },
    "Log in: with the cookie of a session, a ticket for this request, or a name and a password.",
  );
