import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect as netConnect, type Socket } from "node:net";
import { type Listening, type ListenOptions, listen } from "../../../../../sdk/host/doors/listen.ts";
import { type Host, startHost } from "../../../../../sdk/host/index.ts";
import type { HostOptions } from "../../../../../sdk/host/options.ts";
import { connect, type Session } from "../../../../../sdk/index.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly text: string;
}

export interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const users = [
  { name: "Administrator@vsphere.local", password: "secret", groups: ["Administrators@vsphere.local"] },
  { name: "reader@vsphere.local", password: "reading" },
];

/** A host that listens without TLS, and a session of its owner's in the same process beside it. */
export class Site implements AsyncDisposable {
  readonly host: Host;
  readonly vc: Session;
  readonly door: Listening;
  cookie = "";

  private constructor(host: Host, vc: Session, door: Listening) {
    this.host = host;
    this.vc = vc;
    this.door = door;
  }

  static async open(options: HostOptions = {}, listening: ListenOptions = {}): Promise<Site> {
    const host = await startHost({ users, ...options });
    const door = await listen(host, { tls: false, ...listening });
    const site = new Site(host, await connect(host), door);
    site.cookie = await site.login("administrator@vsphere.local", "secret");
    return site;
  }

  /** Logs in by SOAP and answers the cookie. */
  async login(user: string, password: string): Promise<string> {
    const answer = await this.ask("POST", "/sdk", { headers: { cookie: "" }, body: loginText(user, password) });
    return (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  }

  /** One request. The path goes as it is. */
  ask(method: string, path: string, { headers = {}, body }: Asking = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const all: Record<string, string> = { ...(this.cookie === "" ? {} : { cookie: this.cookie }), ...headers };
      if (all.cookie === "") delete all.cookie;
      const request = httpRequest({
        host: "127.0.0.1",
        port: this.door.port,
        method,
        path,
        headers: all,
        agent: false,
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const bytes = Buffer.concat(chunks);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, text: bytes.toString() });
        });
      });
      request.end(body);
    });
  }

  /** A line to the server for what no client's library would send. */
  async line(): Promise<Socket> {
    const socket = netConnect(this.door.port, "127.0.0.1");
    socket.on("error", () => {});
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.door.close();
    // A test may have ended all sessions.
    await this.vc.close().catch(() => {});
    this.host.close();
  }
}

const loginText = (user: string, password: string) =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>${user}</userName><password>${password}</password></Login></soapenv:Body></soapenv:Envelope>`;

/** A file's address. */
export const at = (path: string, dsName = "vmfs-01", dcPath = "DC0"): string =>
  `/folder/${path.split("/").map(encodeURIComponent).join("/")}?dcPath=${encodeURIComponent(dcPath)}&dsName=${encodeURIComponent(dsName)}`;

/** Waits until something is so. */
export async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 6000 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!what()) throw new Error(`It is not so after half a minute: ${what}`);
}
