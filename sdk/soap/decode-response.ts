import type { vim } from "../vim/index.ts";
import { dataType, isFault, type MethodInfo } from "../vim/schema.ts";
import { openBody } from "./envelope.ts";
import { SoapFault } from "./error.ts";
import { isOurs, namespaces } from "./namespaces.ts";
import { dataReader } from "./read-data.ts";
import { readerOf } from "./read-value.ts";
import { Scanner } from "./scanner.ts";

/**
 * Reads the answer to a call: what the method returned, frozen; undefined where that is nothing, and an empty array where it is
 * an array of nothing. Throws SoapFault where the server answered a fault, and SoapError where the answer cannot be read.
 */
export function decodeResponse(method: MethodInfo, text: string): unknown {
  const scanner: Scanner = new Scanner(text, false);
  openBody(scanner);
  const name = scanner.child(`${method.name}Response`);
  if (name === "Fault" && scanner.uri === namespaces.envelope) throw readFault(scanner);
  if (name !== `${method.name}Response`) scanner.fail(`it is no answer to ${method.name}`);
  const value = readResult(scanner, method);
  if (scanner.child("") !== undefined) scanner.fail("the body holds more than one answer");
  scanner.close();
  while (scanner.child("") !== undefined) scanner.skip();
  scanner.close();
  scanner.end();
  return value;
}

function readResult(scanner: Scanner, { returns }: MethodInfo): unknown {
  const list: unknown[] = [];
  if (scanner.empty) scanner.leave();
  else {
    const read = returns && readerOf(returns);
    for (let child = scanner.child("returnval"); child !== undefined; child = scanner.child("returnval")) {
      const value = read && child === "returnval" && !scanner.nil ? read(scanner) : scanner.nothing();
      if (value !== undefined) list.push(value);
    }
    scanner.close();
  }
  return returns?.array ? Object.freeze(list) : list[0];
}

function readFault(scanner: Scanner): SoapFault {
  let code = "";
  let message = "";
  let fault: vim.MethodFault | undefined;
  if (scanner.empty) scanner.leave();
  else {
    for (let child = scanner.child("faultcode"); child !== undefined; child = scanner.child("")) {
      if (child === "faultcode") code = scanner.content().trim();
      else if (child === "faultstring") message = scanner.content();
      else if (child === "detail" && !scanner.empty) fault = readDetail(scanner);
      else scanner.skip();
    }
    scanner.close();
  }
  return new SoapFault(fault, message, code.slice(code.indexOf(":") + 1));
}

/** The fault in a detail: of the type that `xsi:type` names, or else the element without its `Fault` at the end. */
function readDetail(scanner: Scanner): vim.MethodFault | undefined {
  let fault: vim.MethodFault | undefined;
  for (let child = scanner.child(""); child !== undefined; child = scanner.child("")) {
    const type = scanner.type === undefined ? undefined : scanner.qualified(scanner.type);
    const named = child.replace(/Fault$/, "");
    const known = [isOurs(type?.uri ?? "") ? type?.local : undefined, named, child].find(
      (name) => name !== undefined && isFault(name) && dataType(name),
    );
    if (known === undefined || fault) scanner.skip();
    else {
      const value = dataReader(known)(scanner);
      if (isMethodFault(value)) fault = value;
    }
  }
  scanner.close();
  return fault;
}

const isMethodFault = (value: unknown): value is vim.MethodFault => typeof value === "object" && value !== null;
