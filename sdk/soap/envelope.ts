import { namespaces } from "./namespaces.ts";
import type { Scanner } from "./scanner.ts";

/** What vim25 has in the header of an envelope. */
export interface Header {
  readonly operationId?: string;
  readonly cookie?: string;
  readonly assertion?: string;
}

/** Opens an envelope and, its header read, its body. */
export function openBody(scanner: Scanner): Header {
  if (scanner.root() !== "Envelope" || scanner.uri !== namespaces.envelope) scanner.fail("it is no SOAP 1.1 envelope");
  if (scanner.empty) scanner.fail("the envelope is empty");
  let part = scanner.child("");
  let header: Header = {};
  if (part === "Header" && scanner.uri === namespaces.envelope) {
    header = readHeader(scanner);
    part = scanner.child("");
  }
  if (part !== "Body" || scanner.uri !== namespaces.envelope) scanner.fail("the envelope has no body");
  if (scanner.empty) scanner.fail("the body is empty");
  return header;
}

function readHeader(scanner: Scanner): Header {
  const header: { operationId?: string; cookie?: string; assertion?: string } = {};
  if (scanner.empty) {
    scanner.leave();
    return header;
  }
  for (let child = scanner.child(""); child !== undefined; child = scanner.child("")) {
    if (child === "operationID") header.operationId = scanner.content();
    else if (child === "vcSessionCookie") header.cookie = scanner.content();
    else if (child === "Security" && !scanner.empty) readSecurity(scanner, header);
    else scanner.skip();
  }
  scanner.close();
  return header;
}

function readSecurity(scanner: Scanner, header: { assertion?: string }): void {
  for (let start = scanner.at, child = scanner.child(""); child !== undefined; child = scanner.child("")) {
    scanner.skip();
    if (child === "Assertion") header.assertion = scanner.text.slice(start, scanner.at).trim();
    start = scanner.at;
  }
  scanner.close();
}
