import { VsphereError } from "../errors.ts";
import { type ApiVersion, apiVersion, decodeResponse, encodeRequest, SoapError, SoapFault } from "../soap/index.ts";
import type { Ref } from "../vim/index.ts";
import { apiVersions, managedType } from "../vim/schema.ts";
import type { Http } from "./http.ts";
import { httpTransfer } from "./http-transfer.ts";
import type { Transport } from "./transport.ts";

/** vim25 over SOAP, with any vCenter or ESXi. */
export async function soapTransport(http: Http, userAgent: string): Promise<Transport> {
  const version = await negotiate(http);
  const { origin, path } = http.address;
  let cookie: string | undefined;

  async function call(
    self: Ref,
    name: string,
    args: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const method = managedType(self.type)?.methods.get(name);
    if (!method) throw new VsphereError("NotSupported", `${self.type} has no method ${name}.`);
    const { status, headers, text } = await http.text({
      method: "POST",
      path,
      headers: {
        "Content-Type": "text/xml; charset=utf-8",
        SOAPAction: `"urn:vim25/${version.name}"`,
        "User-Agent": userAgent,
        ...(cookie === undefined ? {} : { Cookie: cookie }),
      },
      body: encodeRequest(self, method, args, version),
      signal,
      what: name,
    });
    cookie = sessionCookie(headers["set-cookie"]) ?? cookie;
    try {
      if (status === 200 || status === 500) return decodeResponse(method, text);
    } catch (error) {
      if (error instanceof SoapFault) throw errorOf(error);
      if (!(error instanceof SoapError)) throw error;
      throw badAnswer(`it cannot be read as an answer to ${name}: ${error.message}`, origin, error);
    }
    throw badAnswer(`it answered ${name} with HTTP status ${status}`, origin);
  }

  return {
    call,
    bytes: undefined,
    disks: undefined,
    lineage: undefined,
    settled: undefined,
    transfer: httpTransfer(http, () => cookie),
    close: async () => http.close(),
  };
}

/** The newest version that both sides know. */
async function negotiate(http: Http): Promise<ApiVersion> {
  const path = `${http.address.path}/vimServiceVersions.xml`;
  const { status, text } = await http.text({ method: "GET", path, what: "Asking for the API versions" });
  if (status !== 200 || !text.includes("urn:vim25")) {
    throw badAnswer(`there is no vSphere API at ${path} (HTTP status ${status})`, http.address.origin);
  }
  const offered = new Set([...text.matchAll(/<version>([^<]{1,50})<\/version>/g)].map(([, name]) => name));
  return apiVersion(apiVersions().findLast((name) => offered.has(name)) ?? "6.7");
}

/** The cookie as it is to be sent back: with the quotes that are part of it. */
function sessionCookie(set: readonly string[] | undefined): string | undefined {
  const one = set?.find((cookie) => cookie.startsWith("vmware_soap_session="));
  return one?.split(";")[0];
}

function errorOf(error: SoapFault): VsphereError {
  const code = error.fault?._typeName ?? "SystemError";
  return new VsphereError(code, error.message === "" ? code : error.message, {
    ...(error.fault ? { fault: error.fault } : {}),
    cause: error,
  });
}

const badAnswer = (what: string, origin: string, cause?: unknown): VsphereError =>
  new VsphereError("BadAnswer", `${origin} does not answer as vSphere does: ${what}.`, { cause });
