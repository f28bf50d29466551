import { type MethodInfo, managedType } from "../vim/schema.ts";
import { openBody } from "./envelope.ts";
import { SoapError } from "./error.ts";
import { methodOf } from "./methods.ts";
import { readReference } from "./read-scalar.ts";
import { readerOf } from "./read-value.ts";
import { Scanner } from "./scanner.ts";

/** A call, as it came. */
export interface SoapRequest {
  readonly self: { readonly type: string; readonly value: string };
  readonly method: string;
  readonly info: MethodInfo;
  readonly args: Readonly<Record<string, unknown>>;
  /** What the client calls this operation in its logs. */
  readonly operationId?: string;
  /** The session, where it is not in an HTTP header. */
  readonly cookie?: string;
  /** The SAML assertion of the security header, as it was written: signed as it stands. */
  readonly assertion?: string;
}

/** Reads a request. Throws SoapError. */
export function decodeRequest(text: string): SoapRequest {
  const scanner: Scanner = new Scanner(text, true);
  const header = openBody(scanner);
  const method = scanner.child("");
  if (method === undefined) scanner.fail("the body is empty");
  const { ours, uri, empty } = scanner;
  const self = empty ? undefined : readSelf(scanner);
  if (!self)
    throw new SoapError("BadValue", `${method}: _this is missing, the object that it is to be called on.`, "_this");
  if (!managedType(self.type))
    throw new SoapError("BadValue", `_this: there is no managed type '${self.type.slice(0, 100)}' in vim25.`, "_this");
  const info = ours ? methodOf(self.type, method) : undefined;
  if (!info) {
    const where = ours ? "" : ` in the namespace '${uri.slice(0, 100)}'`;
    throw new SoapError("UnknownMethod", `${self.type} has no method '${method}'${where}.`);
  }
  const args = readArguments(scanner, info);
  if (scanner.child("") !== undefined) scanner.fail("the body holds more than one call");
  scanner.close();
  if (scanner.child("") !== undefined) scanner.fail("something after the body");
  scanner.close();
  scanner.end();
  return { self, method: info.name, info, args, ...header };
}

/** The object called, wherever among the arguments it is: it decides what they are. */
function readSelf(scanner: Scanner): { readonly type: string; readonly value: string } | undefined {
  const { at } = scanner;
  for (let child = scanner.child("_this"); child !== undefined; child = scanner.child("_this")) {
    if (child === "_this" && scanner.ours) {
      const self = readReference(scanner);
      scanner.at = at;
      return isRef(self) ? self : undefined;
    }
    scanner.skip();
  }
  return undefined;
}

const isRef = (value: unknown): value is { readonly type: string; readonly value: string } =>
  typeof value === "object" && value !== null && "type" in value;

function readArguments(scanner: Scanner, method: MethodInfo): Readonly<Record<string, unknown>> {
  const args: Record<string, unknown> = {};
  let called = false;
  for (let child = scanner.child("_this"); child !== undefined; child = scanner.child("")) {
    if (child === "_this" && scanner.ours) {
      if (called) scanner.refuse("it is given twice");
      called = true;
      scanner.skip();
      continue;
    }
    const name = child;
    const param = scanner.ours ? method.params.find((one) => one.name === name) : undefined;
    if (!param) scanner.refuse(`${method.name} has no such parameter`);
    const before = args[name];
    if (!param.array && before !== undefined) scanner.refuse("it is given twice");
    const list = Array.isArray(before) ? before : [];
    if (param.array) scanner.places[scanner.depth] = list.length;
    const value = scanner.nil ? scanner.nothing() : readerOf(param)(scanner);
    if (value === undefined) continue;
    if (param.array) list.push(value);
    args[name] = param.array ? list : value;
  }
  scanner.close();
  return args;
}
