import type { ValueInfo } from "../../../vim/schema.ts";
import { HostFault } from "../../faults.ts";
import type { Connection } from "../../session/connection.ts";
import type { Door, Exchange } from "../exchange.ts";
import { HttpError } from "../http-error.ts";
import { encode, writerOf } from "./encode.ts";
import { parseJson } from "./parse.ts";
import { readArguments } from "./read.ts";
import { agreed, knownAt, releases } from "./release.ts";
import { objectOf, shown, type Target, targetIn } from "./target.ts";
import { type Out, quoted } from "./write.ts";

const below = "/sdk/vim25/";
const system = "/api/vcenter/system";
/** In which a client's token comes and goes. */
const session = "vmware-api-session-id";
const json = { "Content-Type": "application/json" };

/** VI/JSON: the vim25 API with JSON instead of SOAP, and the address where a client asks which releases there are. */
export const jsonDoor: Door = {
  claims: (path) => path.startsWith(below) || path === system,
  allows: (path) => (path === system ? ["POST"] : ["GET", "HEAD", "POST"]),
  async handle(exchange) {
    try {
      if (exchange.host.flavour === "esx") throw new HttpError(404, "VI/JSON is a vCenter's: this is a single ESXi.");
      if (exchange.path === system) await hello(exchange);
      else await serve(exchange, targetIn(exchange.path));
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      refuse(exchange, error);
    }
  },
};

async function serve(exchange: Exchange, target: Target): Promise<void> {
  const { clients } = exchange;
  const header = exchange.headers[session];
  const token = typeof header === "string" ? header : undefined;
  const connection = clients.find(token) ?? clients.stranger(exchange);
  const release = clients.hold(token);
  try {
    if (exchange.method === "POST") await invoke(exchange, target, connection, token);
    else await fetch(exchange, target, connection);
  } catch (error) {
    if (exchange.signal.aborted && !(error instanceof HostFault)) return;
    if (!(error instanceof HostFault)) throw error;
    fail(exchange, error, target.release.rank);
  } finally {
    release();
  }
}

async function fetch(exchange: Exchange, target: Target, connection: Connection): Promise<void> {
  const { ref, info } = objectOf(exchange.host, connection, target);
  const property = info.property(target.member);
  if (!property || !knownAt(property.since, target.release.rank)) {
    throw new HttpError(404, `${info.name} has no property '${shown(target.member)}'. Methods are called by POST.`);
  }
  exchange.note({ user: connection.session?.userName ?? "", method: "Fetch", object: `${ref.type}:${ref.value}` });
  const value = await exchange.host.call(connection, ref, "Fetch", { prop: property.name }, exchange.signal);
  await answer(exchange, property, value, target.release.rank, {});
}

async function invoke(
  exchange: Exchange,
  target: Target,
  connection: Connection,
  token: string | undefined,
): Promise<void> {
  const text = await exchange.text();
  const { ref, info } = objectOf(exchange.host, connection, target);
  const { rank } = target.release;
  const method = info.methods.get(target.member);
  if (!method || !knownAt(method.since, rank)) {
    throw new HttpError(404, `${info.name} has no method '${shown(target.member)}'. Properties are read by GET.`);
  }
  const body = text.trim() === "" ? {} : parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new HttpError(400, `${method.name} takes one object of JSON with its parameters.`);
  }
  const before = connection.session;
  exchange.note({ user: before?.userName ?? "", method: method.name, object: `${ref.type}:${ref.value}` });
  await exchange.delay(method.name);
  const args = readArguments(method, body, rank);
  const value = await exchange.host.call(connection, ref, method.name, args, exchange.signal);
  const headers: Record<string, string> = {};
  if (connection.session && connection.session !== before) {
    headers[session] = exchange.clients.open(connection);
    exchange.note({ user: connection.session.userName });
  }
  if (before && !connection.session && token !== undefined) exchange.clients.drop(token);
  await answer(exchange, method.returns, value, rank, headers);
}

/** Nothing to say is 204; an array is never nothing. */
async function answer(
  exchange: Exchange,
  info: ValueInfo | undefined,
  value: unknown,
  rank: number,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (!info || (value === undefined && !info.array)) {
    exchange.answer(204, headers);
    return;
  }
  const pieces = encode(info, value ?? [], rank);
  const first = pieces.next();
  const second = pieces.next();
  const all = { ...json, ...headers };
  if (second.done) exchange.answer(200, all, first.value ?? "");
  else await exchange.stream(200, all, rest([first.value ?? "", second.value], pieces));
}

function* rest(first: readonly string[], pieces: Iterable<string>): Generator<string, void, undefined> {
  yield* first;
  yield* pieces;
}

/** Faults are the answer themselves, with what is said of them beside. A stranger's is told by the status too. */
function fail(exchange: Exchange, { fault, message, name }: HostFault, rank: number): void {
  const out: Out = { text: "" };
  writerOf(rank).data(fault, "MethodFault", out);
  exchange.note({ fault: name });
  const status = name === "NotAuthenticated" ? 401 : 500;
  exchange.answer(status, json, `${out.text.slice(0, -1)},"faultstring":${quoted(message)}}`);
}

/** What is no call at all is answered as faults are, so that a client has one form to read. */
function refuse(exchange: Exchange, { status, message, headers }: HttpError): void {
  exchange.answer(status, { ...json, ...headers }, `{"_typeName":"InvalidRequest","faultstring":${quoted(message)}}`);
}

/** Which release to speak: the client's first that is known here. */
async function hello(exchange: Exchange): Promise<void> {
  if (exchange.query.get("action") !== "hello") {
    throw new HttpError(404, "Only ?action=hello is simulated here: it tells which release of the API to speak.");
  }
  const body = parseJson(await exchange.text(2 ** 16));
  const wanted = typeof body === "object" && body !== null && "api_releases" in body ? body.api_releases : undefined;
  if (!Array.isArray(wanted) || wanted.some((one) => typeof one !== "string")) {
    throw new HttpError(400, `It takes {"api_releases": [...]}. There are ${[...releases().keys()].join(", ")}.`);
  }
  exchange.answer(200, json, JSON.stringify({ api_release: agreed(wanted) }));
}
