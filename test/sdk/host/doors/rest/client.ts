import { afterAll, beforeAll } from "vitest";
import { type Host, type HostOptions, startHost } from "../../../../../sdk/host/index.ts";

/** What a door answered. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A served host and a client of it, with a token once it has one. */
export interface Served {
  readonly host: Host;
  readonly origin: string;
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export const administrator = {
  name: "administrator@vsphere.local",
  password: "secret",
  groups: ["Administrators@vsphere.local"],
};

/** Serves a host for the tests of a file. */
export function served(options: HostOptions = {}): Served {
  let host: Host | undefined;
  let origin = "";
  beforeAll(async () => {
    host = await startHost({ seed: 1, users: [administrator], ...options });
    const listening = await host.listen({ port: 0, tls: false });
    origin = listening.origin;
  });
  afterAll(() => host?.close());
  return {
    get host() {
      if (!host) throw new Error("The host has not been started.");
      return host;
    },
    get origin() {
      return origin;
    },
    async send(method, path, body, headers = {}) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const type = response.headers.get("content-type") ?? "";
      return {
        status: response.status,
        headers: response.headers,
        body: type.startsWith("application/json") ? JSON.parse(text) : text,
      };
    },
  };
}

export const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

export const tokenHeader = "vmware-api-session-id";
