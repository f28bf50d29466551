import {
  type ApiVersion,
  apiVersion,
  decodeRequest,
  encodeFault,
  encodeResponse,
  SoapError,
  type SoapRequest,
} from "../../../soap/index.ts";
import type { vim } from "../../../vim/index.ts";
import { fault, HostFault } from "../../faults.ts";
import type { Door, Exchange } from "../exchange.ts";
import { HttpError, methodNotAllowed } from "../http-error.ts";
import { plain } from "../log.ts";
import { cookieHeader, soapToken } from "./cookie.ts";
import { redacted } from "./redact.ts";
import { versionsFile } from "./versions.ts";

const endpoints: ReadonlySet<string> = new Set(["/sdk", "/sdk/", "/sdk/vimService"]);
const versionsPath = "/sdk/vimServiceVersions.xml";
/** Where a real server has its WSDL. */
const wsdl = /^\/sdk\/[a-zA-Z.-]+\.(?:wsdl|xsd)$/;
const xml = "text/xml; charset=utf-8";

/** vim25 over SOAP: `POST /sdk`. */
export const soapDoor: Door = {
  claims: (path) => endpoints.has(path) || path === versionsPath || wsdl.test(path),
  allows: (path) => (endpoints.has(path) ? ["POST"] : ["GET", "HEAD"]),
  handle(exchange) {
    const { path } = exchange;
    if (endpoints.has(path)) return exchange.method === "POST" ? serve(exchange) : refuse(exchange);
    if (path !== versionsPath) throw new HttpError(404, noWsdl);
    exchange.answer(200, { "Content-Type": xml }, versionsFile());
  },
};

const noWsdl =
  "The simulated vCenter does not serve its WSDL: take that of vSphere. What it speaks is at /sdk/vimServiceVersions.xml.";

/** Bytes of a call of somebody who has not logged in: reading more costs time, and nobody needs it. */
const strangers = 2 ** 20;

function refuse(exchange: Exchange): never {
  throw methodNotAllowed(exchange.method, ["POST"]);
}

async function serve(exchange: Exchange): Promise<void> {
  const token = soapToken(exchange.headers.cookie);
  const text = await exchange.text(exchange.clients.find(token) ? undefined : strangers);
  if (exchange.traced) exchange.trace("request", redacted(text));
  const version = versionOf(exchange.headers.soapaction, text);
  let request: SoapRequest;
  try {
    request = decodeRequest(text);
  } catch (error) {
    if (!(error instanceof SoapError)) throw error;
    const message = `The request cannot be read: ${error.message}`;
    answerFault(exchange, {}, version, fault("InvalidRequest", {}, message));
    return;
  }
  if (exchange.logged) exchange.note(noteOf(request));
  const waited = exchange.delay(request.method);
  if (waited) await waited;
  const answered = call(exchange, request, version);
  if (answered) await answered;
}

const noteOf = ({ method, self, operationId }: SoapRequest) => ({
  method,
  object: plain(`${self.type}:${self.value}`),
  ...(operationId === undefined ? {} : { operationId: plain(operationId) }),
});

/** The version that a call is made in: what `SOAPAction` names, with or without its quotes, or the call itself. */
function versionOf(action: string | string[] | undefined, text: string): ApiVersion {
  const name = typeof action === "string" ? /^"?urn:vim25\/([^"]*)"?$/.exec(action.trim())?.[1] : undefined;
  return apiVersion(name ?? /\sversionId="([\d.]{1,20})"/.exec(text.slice(0, 4096))?.[1]);
}

function call(exchange: Exchange, request: SoapRequest, version: ApiVersion): Promise<void> | undefined {
  const { clients, host } = exchange;
  const token = soapToken(exchange.headers.cookie) ?? request.cookie?.replace(/^"|"$/g, "");
  const connection = clients.find(token) ?? clients.stranger(exchange);
  const before = connection.session;
  if (before && exchange.logged) exchange.note({ user: before.userName });
  // A cookie that came is never given a session: who logs in gets a new one.
  const headers = (): Record<string, string> => {
    const { session } = connection;
    if (session === before && (token !== undefined || session)) return {};
    if (session === before) return { "Set-Cookie": cookieHeader(clients.anonymous(exchange).token, exchange.secure) };
    if (token !== undefined) clients.drop(token);
    if (session) exchange.note({ user: session.userName });
    return session ? { "Set-Cookie": cookieHeader(clients.open(connection), exchange.secure) } : {};
  };
  const { info, self, method, args } = request;
  const answer = (result: unknown): Promise<void> | undefined =>
    answerPieces(exchange, headers(), encodeResponse(info, result, version, request));
  const complain = (error: unknown): void => {
    if (!(error instanceof HostFault)) throw error;
    answerFault(exchange, headers(), version, error);
  };
  let result: unknown;
  try {
    result = host.call(connection, self as never, method, args, waits(method) ? exchange.signal : undefined);
  } catch (error) {
    complain(error);
    return undefined;
  }
  if (!(result instanceof Promise)) return answer(result);
  const release = clients.hold(token);
  return result.then(answer, complain).finally(release);
}

/** Only what waits for something is worth telling that nobody listens any more. */
const waits = (method: string): boolean => method.startsWith("WaitFor");

function answerPieces(
  exchange: Exchange,
  headers: Record<string, string>,
  pieces: Generator<string, void, undefined>,
): Promise<void> | undefined {
  const first = pieces.next();
  const second = first.done ? first : pieces.next();
  const all = { "Content-Type": xml, ...headers };
  if (first.done || second.done) {
    const text = first.done ? "" : first.value;
    if (exchange.traced) exchange.trace("answer", redacted(text));
    exchange.answer(200, all, text);
    return undefined;
  }
  return exchange.stream(200, all, joined(exchange, [first.value, second.value], pieces));
}

function* joined(exchange: Exchange, begun: readonly string[], rest: Iterable<string>): Generator<string, void> {
  for (const pieces of [begun, rest]) {
    for (const piece of pieces) {
      if (exchange.traced) exchange.trace("answer", redacted(piece));
      yield piece;
    }
  }
}

function answerFault(exchange: Exchange, headers: Record<string, string>, version: ApiVersion, error: HostFault): void {
  const { fault, message } = error;
  exchange.note({ fault: fault._typeName ?? "MethodFault", ...causeOf(error) });
  const text = encodeFault(fault, message, version);
  if (exchange.traced) exchange.trace("answer", text);
  exchange.answer(500, { "Content-Type": xml, ...headers }, text);
}

/** SystemError stands for a mistake of ours: where it was made is for the log. */
function causeOf({ fault, cause }: HostFault): { error?: string } {
  const made: vim.MethodFault = fault;
  return made._typeName === "SystemError" && cause instanceof Error ? { error: cause.stack ?? cause.message } : {};
}
