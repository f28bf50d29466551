import type { vim } from "../vim/index.ts";
import type { MethodInfo, ValueInfo } from "../vim/schema.ts";
import type { Header } from "./envelope.ts";
import { escapeText } from "./escape.ts";
import { fetchMethod } from "./methods.ts";
import { namespaces } from "./namespaces.ts";
import { typeOfPath } from "./property-type.ts";
import type { ApiVersion } from "./version.ts";
import { elementsOf, isObject, type Writer, writerFor } from "./writer.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const envelope = `<soapenv:Envelope xmlns:soapenv="${namespaces.envelope}" xmlns:xsd="${namespaces.xsd}" xmlns:xsi="${namespaces.xsi}">`;
const head = `${declaration}${envelope}\n<soapenv:Body>\n`;
const tail = "\n</soapenv:Body>\n</soapenv:Envelope>";

/** Characters of a piece of an answer, about. */
const pieceLength = 65536;

/** What a client asked, as far as the type of the answer depends on it. */
export interface Asked {
  readonly self: { readonly type: string };
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * The answer to a call, in pieces of about 64 kB as they are asked for; a small one is one piece. Of what `Fetch` gives, the type
 * follows from what was asked.
 */
export function* encodeResponse(
  method: MethodInfo,
  result: unknown,
  version: ApiVersion,
  asked?: Asked,
): Generator<string, void, undefined> {
  const writer = writerFor(version.rank);
  let piece = `${head}<${method.name}Response xmlns="${namespaces.vim}">`;
  for (const part of partsOf(writer, method, result, asked)) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}</${method.name}Response>${tail}`;
}

function* partsOf(
  writer: Writer,
  method: MethodInfo,
  result: unknown,
  asked: Asked | undefined,
): Generator<string, void> {
  const { returns } = method;
  if (!returns || result === undefined || result === null) return;
  if (method.name === fetchMethod.name) {
    const path = asked?.args.prop;
    const found = asked && typeof path === "string" ? typeOfPath(asked.self.type, path) : undefined;
    yield writer.any.element("returnval", "returnval", result, found?.types);
  } else if (returns.array) {
    for (const one of elementsOf(result)) yield* writer.parts("returnval", returns.type, one);
  } else yield* writer.parts("returnval", returns.type, result);
}

/** The answer to a call that failed. The fault is written as the nearest type that the client knows. */
export function encodeFault(fault: vim.MethodFault, message: string, version: ApiVersion): string {
  const writer = writerFor(version.rank);
  const type = writer.typeOf(fault, "MethodFault");
  const content = isObject(fault) ? writer.body(type)(fault) : "";
  const detail = `<${type}Fault xmlns="${namespaces.vim}" xsi:type="${type}">${content}</${type}Fault>`;
  const text = `<faultcode>ServerFaultCode</faultcode><faultstring>${escapeText(message)}</faultstring>`;
  return `${head}<soapenv:Fault>${text}<detail>${detail}</detail></soapenv:Fault>${tail}`;
}

/** A call, as a client sends it. */
export function encodeRequest(
  self: { readonly type: string; readonly value: string },
  method: MethodInfo,
  args: Readonly<Record<string, unknown>>,
  version: ApiVersion,
  header: Header = {},
): string {
  const writer = writerFor(version.rank);
  let text = `${declaration}${envelope}${headerOf(header)}<soapenv:Body><${method.name} xmlns="${namespaces.vim}">`;
  text += writer.reference("_this", "_this", self);
  for (const param of method.params) {
    const value = args[param.name];
    if (value !== undefined && writer.knows(param.since)) text += writer.all(param.name, param, value);
  }
  return `${text}</${method.name}></soapenv:Body></soapenv:Envelope>`;
}

function headerOf({ operationId, cookie, assertion }: Header): string {
  let text = "";
  if (operationId !== undefined) text += `<operationID>${escapeText(operationId)}</operationID>`;
  if (cookie !== undefined) text += `<vcSessionCookie>${escapeText(cookie)}</vcSessionCookie>`;
  if (assertion !== undefined) text += `<wsse:Security xmlns:wsse="${security}">${assertion}</wsse:Security>`;
  return text === "" ? "" : `<soapenv:Header>${text}</soapenv:Header>`;
}

const security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

/** A value of any type as an element that stands by itself; `info` says its type where the value does not. */
export function encodeValue(value: unknown, version: ApiVersion, info?: ValueInfo): string {
  const start = `val xmlns="${namespaces.vim}" xmlns:xsd="${namespaces.xsd}" xmlns:xsi="${namespaces.xsi}"`;
  return writerFor(version.rank).any.element(start, "val", value, info && [info]);
}
