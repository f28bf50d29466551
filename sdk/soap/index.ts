/** vim25 over SOAP: how its calls, answers and values are written and read. Shared by clients and servers. */
export { decodeRequest, type SoapRequest } from "./decode-request.ts";
export { decodeResponse } from "./decode-response.ts";
export { decodeValue } from "./decode-value.ts";
export { type Asked, encodeFault, encodeRequest, encodeResponse, encodeValue } from "./encode.ts";
export type { Header } from "./envelope.ts";
export { SoapError, type SoapErrorCode, SoapFault } from "./error.ts";
export { fetchMethod } from "./methods.ts";
export { type ApiVersion, apiVersion } from "./version.ts";
