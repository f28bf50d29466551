import type { vim } from "../vim/index.ts";

/** Why a message is not read. */
export type SoapErrorCode =
  /** It is not well-formed XML, or not a SOAP envelope. */
  | "Malformed"
  /** It nests deeper, or has longer names or more attributes, than any message of vim25. */
  | "TooDeep"
  /** It has a document type definition, or an entity other than the five of XML. */
  | "Forbidden"
  /** The object has no such method. */
  | "UnknownMethod"
  /** An element that does not belong where it is, or a value that is not of its type. */
  | "BadValue";

/** What is wrong with a message, and where. */
export class SoapError extends Error {
  readonly code: SoapErrorCode;
  /** The way to it from the body's element: `spec.deviceChange[1].device`. Empty where there is no such way. */
  readonly path: string;

  constructor(code: SoapErrorCode, message: string, path = "") {
    super(message);
    this.name = "SoapError";
    this.code = code;
    this.path = path;
  }
}

/** A fault that a server answered. */
export class SoapFault extends Error {
  /** Absent where the server sent no detail, or one that is no fault of vim25. */
  readonly fault: vim.MethodFault | undefined;
  /** `ServerFaultCode`, `ClientFaultCode`: without its prefix. */
  readonly faultCode: string;

  constructor(fault: vim.MethodFault | undefined, message: string, faultCode: string) {
    super(message);
    this.name = "SoapFault";
    this.fault = fault;
    this.faultCode = faultCode;
  }
}
