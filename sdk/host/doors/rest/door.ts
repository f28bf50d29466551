import { HostFault } from "../../faults.ts";
import type { Door, Exchange } from "../exchange.ts";
import { HttpError } from "../http-error.ts";
import { Caller } from "./caller.ts";
import { errorBody, RestError, restError } from "./error.ts";
import { type Places, placesIn, type Route } from "./route.ts";
import { routes } from "./routes.ts";
import { tokenName } from "./session.ts";

const json = { "Content-Type": "application/json" };
const isLegacy = (path: string) => path.startsWith("/rest/");

/** The REST API, at /api and in its older form at /rest. */
export const restDoor: Door = {
  claims: (path) => path.startsWith("/api/") || isLegacy(path),
  allows: () => ["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"],
  async handle(exchange) {
    const legacy = isLegacy(exchange.path);
    try {
      if (exchange.host.flavour === "esx")
        throw new RestError("NOT_FOUND", "The REST API is a vCenter's: this is a single ESXi.");
      await serve(exchange, legacy);
    } catch (error) {
      // Who has gone hears no answer; what waited for him ends with this.
      if (exchange.signal.aborted && !(error instanceof HostFault) && !(error instanceof RestError)) return;
      refuse(exchange, error, legacy);
    }
  },
};

async function serve(exchange: Exchange, legacy: boolean): Promise<void> {
  const { clients } = exchange;
  const { route, places } = find(exchange, legacy);
  const token = tokenIn(exchange);
  const connection = (route.anonymous ? undefined : clients.find(token)) ?? clients.stranger(exchange);
  const caller = new Caller(exchange, connection, token, legacy);
  const release = clients.hold(token);
  try {
    if (!route.anonymous) {
      const { session } = caller;
      session.lastActive = exchange.host.universe.now;
      exchange.note({ user: session.userName });
    }
    const value = await route.run(caller, places);
    answer(caller, route, value);
  } finally {
    release();
  }
}

function answer({ exchange, legacy, connection }: Caller, route: Route, value: unknown): void {
  const headers: Record<string, string> = {};
  if (route.anonymous && typeof value === "string") {
    headers[tokenName] = value;
    if (legacy)
      headers["Set-Cookie"] = `${tokenName}=${value}; Path=/rest; HttpOnly${exchange.secure ? "; Secure" : ""}`;
    exchange.note({ user: connection.session?.userName ?? "" });
  }
  if (value === undefined) exchange.answer(legacy ? 200 : 204, headers);
  else {
    const body = legacy ? JSON.stringify({ value }, asPairs) : JSON.stringify(value, asObjects);
    exchange.answer(route.status ?? 200, { ...json, ...headers }, body);
  }
}

/** Maps are objects below /api, and lists of pairs below /rest. */
const asObjects = (_key: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : plain(value));
const asPairs = (_key: string, value: unknown) =>
  value instanceof Map ? [...value].map(([key, one]: [unknown, unknown]) => ({ key, value: one })) : plain(value);
const plain = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);

function find(exchange: Exchange, legacy: boolean): { readonly route: Route; readonly places: Places } {
  const { query, path } = exchange;
  const method = exchange.method === "HEAD" ? "GET" : exchange.method;
  const action = query.get("action") ?? query.get("~action") ?? undefined;
  const segments = path.split("/").slice(2).map(decoded);
  let near: string | undefined;
  for (const route of routes) {
    if (route.only !== undefined && route.only !== (legacy ? "rest" : "api")) continue;
    const places = placesIn(route.path, segments);
    if (!places) continue;
    if (route.method === method && route.action === action) return { route, places };
    near = route.path;
  }
  const what = `${exchange.method} ${path.slice(0, 200)}${action === undefined ? "" : `?action=${action.slice(0, 50)}`}`;
  throw near === undefined
    ? new RestError("NOT_FOUND", `${what} is not simulated.`, "com.vmware.vapi.rest.httpNotFound")
    : new RestError("OPERATION_NOT_FOUND", `${what} is not simulated; other operations at this address are.`);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new RestError("INVALID_ARGUMENT", "The address holds a percent sign that escapes nothing.");
  }
}

function tokenIn({ headers }: Exchange): string | undefined {
  const header = headers[tokenName];
  if (typeof header === "string") return header;
  const [, cookie] = new RegExp(`(?:^|;\\s*)${tokenName}="?([^;"]+)"?`).exec(headers.cookie ?? "") ?? [];
  return cookie;
}

function refuse(exchange: Exchange, error: unknown, legacy: boolean): void {
  if (error instanceof HttpError) {
    const told = new RestError("INVALID_REQUEST", error.message);
    exchange.answer(error.status, { ...json, ...error.headers }, errorBody(told, legacy));
    return;
  }
  const known = error instanceof HostFault ? restError(error) : error;
  if (!(known instanceof RestError)) throw error;
  exchange.note({ fault: error instanceof HostFault ? error.name : known.type });
  const challenge: Record<string, string> =
    known.type === "UNAUTHENTICATED" ? { "WWW-Authenticate": 'Basic realm="vSphere"' } : {};
  exchange.answer(known.status, { ...json, ...challenge }, errorBody(known, legacy));
}
