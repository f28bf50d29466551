import type { Caller } from "./caller.ts";
import { ref } from "./caller.ts";
import { RestError } from "./error.ts";
import type { Route } from "./route.ts";

/** In which a token comes and goes: a header, or below /rest also a cookie. */
export const tokenName = "vmware-api-session-id";

const manager = ref("SessionManager", "SessionManager");

/** Logs in with what `Authorization: Basic` says; the token. */
async function logIn(caller: Caller): Promise<string> {
  const { exchange, connection } = caller;
  const [, basic] = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(exchange.headers.authorization ?? "") ?? [];
  const [, userName, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic ?? "", "base64").toString("utf8")) ?? [];
  if (userName === undefined || password === undefined) {
    throw new RestError("UNAUTHENTICATED", "A session begins with a user and a password: Authorization: Basic.");
  }
  await caller.call(manager, "Login", { userName, password });
  return exchange.clients.open(connection);
}

/** `VSPHERE.LOCAL\Administrator` is `Administrator@VSPHERE.LOCAL` here. */
function userOf(principal: string): string {
  const [domain = "", name = ""] = principal.split("\\");
  return `${name}@${domain}`;
}

function describe(caller: Caller): object {
  const { userName, loginTime, lastActive } = caller.session;
  return {
    created_time: new Date(loginTime).toISOString(),
    user: userOf(userName),
    last_accessed_time: new Date(lastActive).toISOString(),
  };
}

async function logOut(caller: Caller): Promise<void> {
  await caller.call(manager, "Logout");
  if (caller.token !== undefined) caller.exchange.clients.drop(caller.token);
}

const legacy = "/com/vmware/cis/session";

export const sessionRoutes: readonly Route[] = [
  { method: "POST", path: "/session", only: "api", status: 201, anonymous: true, run: logIn },
  { method: "GET", path: "/session", only: "api", run: describe },
  { method: "DELETE", path: "/session", only: "api", run: logOut },
  { method: "POST", path: legacy, only: "rest", anonymous: true, run: logIn },
  { method: "GET", path: legacy, only: "rest", action: "get", run: describe },
  { method: "POST", path: legacy, only: "rest", action: "get", run: describe },
  { method: "DELETE", path: legacy, only: "rest", run: logOut },
];
