import { connect } from "node:net";
import { apiVersion, decodeResponse, encodeRequest, SoapFault } from "../../../../sdk/soap/index.ts";
import { managedType } from "../../../../sdk/vim/schema.ts";

type Named = { readonly type: string; readonly value: string };

export const serviceInstance = { type: "ServiceInstance", value: "ServiceInstance" };
export const sessionManager = { type: "SessionManager", value: "SessionManager" };
export const propertyCollector = { type: "PropertyCollector", value: "propertyCollector" };

/** What a call over SOAP came to. */
export interface SoapAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly result?: unknown;
  /** The fault's name, and its message. */
  readonly fault?: string;
  readonly message?: string;
}

/** A client of vim25 over SOAP that keeps the cookie it is given, as vSphere's clients do. */
export class SoapClient {
  readonly url: string;
  cookie = "";

  constructor(url: string) {
    this.url = url;
  }

  async call(
    self: Named,
    method: string,
    args: Readonly<Record<string, unknown>> = {},
    more: { readonly headers?: Record<string, string>; readonly signal?: AbortSignal; readonly version?: string } = {},
  ): Promise<SoapAnswer> {
    const info = managedType(self.type)?.methods.get(method);
    if (!info) throw new Error(`${self.type} has no ${method}.`);
    const version = more.version ?? "8.0.3.0";
    const body = encodeRequest(self, info, args, apiVersion(version));
    const answer = await this.send(body, { SOAPAction: `urn:vim25/${version}`, ...more.headers }, more.signal);
    try {
      return { ...answer, result: decodeResponse(info, answer.text) };
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      return { ...answer, fault: error.fault?._typeName ?? "", message: error.message };
    }
  }

  async send(
    body: string,
    headers: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ): Promise<Pick<SoapAnswer, "status" | "headers" | "text">> {
    const response = await fetch(this.url, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "text/xml; charset=utf-8",
        ...(this.cookie === "" ? {} : { Cookie: this.cookie }),
        ...headers,
      },
      ...(signal ? { signal } : {}),
    });
    const set = response.headers.get("set-cookie");
    if (set !== null) this.cookie = set.split(";")[0] ?? "";
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  login(userName = "administrator@vsphere.local", password = "secret"): Promise<SoapAnswer> {
    return this.call(sessionManager, "Login", { userName, password });
  }
}

/** Sends bytes as they are and gives what comes back until the server closes, or `enough` says that it is all there. */
export function raw(
  port: number,
  parts: readonly string[],
  enough: (text: string) => boolean = () => false,
): Promise<{ readonly text: string; readonly closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const end = (closed: boolean) => {
      socket.destroy();
      resolve({ text, closed });
    };
    socket.on("error", () => end(true));
    socket.on("close", () => end(true));
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (enough(text)) end(false);
    });
    socket.on("connect", () => {
      for (const part of parts) socket.write(part, "latin1");
    });
  });
}

/** A request of HTTP, as text. */
export const request = (line: string, headers: readonly string[], body = ""): string =>
  `${line} HTTP/1.1\r\nHost: localhost\r\n${headers.map((header) => `${header}\r\n`).join("")}\r\n${body}`;

/** The body of a call without arguments. */
export const currentTime =
  '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><CurrentTime xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></CurrentTime></Body></Envelope>';
