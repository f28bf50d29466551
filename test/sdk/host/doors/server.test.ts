import { X509Certificate } from "node:crypto";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Host, type Listening, type ListenOptions, startHost } from "../../../../sdk/host/index.ts";
import { currentTime, propertyCollector, raw, request, SoapClient } from "./soap-client.ts";

const users = [{ name: "administrator@vsphere.local", password: "secret" }];
const patience = { timeout: 30_000 };

let host: Host | undefined;
async function serve(options: ListenOptions = {}): Promise<Listening> {
  host = await startHost({ seed: 1, users });
  return host.listen({ tls: false, ...options });
}
afterEach(() => host?.close());

const post = (body: string, ...headers: string[]) =>
  request("POST /sdk", ["Content-Type: text/xml", `Content-Length: ${Buffer.byteLength(body)}`, ...headers], body);
const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);

describe("a host that listens", () => {
  it("says where, and at a port that was free", async () => {
    const { url, origin, port, thumbprint } = await serve();
    expect(port).toBeGreaterThan(0);
    expect([url, origin, thumbprint]).toEqual([`http://127.0.0.1:${port}/sdk`, `http://127.0.0.1:${port}`, undefined]);
  });

  it("may do so at several ports, which share what there is but not their cookies", async () => {
    const first = await serve();
    const second = await host?.listen({ tls: false });
    const client = new SoapClient(first.url);
    await client.login();
    const other = new SoapClient(second?.url ?? "");
    other.cookie = client.cookie;
    expect((await other.call(propertyCollector, "CreatePropertyCollector")).fault).toBe("NotAuthenticated");
    expect((await other.login()).status).toBe(200);
  });

  it("closes with its host: waits end, connections too, and the port is free again", async () => {
    const { url, port } = await serve();
    const client = new SoapClient(url);
    await client.login();
    const wait = client.call(propertyCollector, "WaitForUpdatesEx", { version: "" }).then(
      () => "answered",
      () => "cut",
    );
    const idle = raw(port, [""]);
    await vi.waitFor(() => expect(host?.sessions.list[0]?.calls).toBeGreaterThan(0), patience);
    await host?.[Symbol.asyncDispose]();
    expect(await wait).toBe("cut");
    expect((await idle).closed).toBe(true);
    const again = await startHost();
    await expect(again.listen({ port, tls: false })).resolves.toMatchObject({ port });
    await again[Symbol.asyncDispose]();
  });

  it("closes though somebody has begun to shake hands and not ended", async () => {
    const { port, close } = await serve({ tls: true });
    const silent = raw(port, [""]);
    await vi.waitFor(async () => expect((await raw(port, ["GET / HTTP/1.1\r\n\r\n"])).closed).toBe(true), patience);
    await close();
    expect((await silent).closed).toBe(true);
  });

  it("says what is wrong with the port", async () => {
    const { port } = await serve();
    await expect(host?.listen({ port, tls: false })).rejects.toThrow(/EADDRINUSE/);
    await expect(host?.listen({ port: 70_000 })).rejects.toThrow(RangeError);
  });

  it("does not open itself to others without passwords", async () => {
    host = await startHost();
    await expect(host.listen({ address: "0.0.0.0" })).rejects.toThrow(/Give every user a password/);
    await expect(host.listen({ address: "::" })).rejects.toThrow(RangeError);
    host.close();
    host = await startHost({ users });
    await expect(host.listen({ address: "0.0.0.0", anyAccount: true })).rejects.toThrow(/anybody could log in/);
    const listening = await host.listen({ address: "0.0.0.0", tls: false });
    expect(listening.url).toBe(`http://127.0.0.1:${listening.port}/sdk`);
  });

  it.each([
    [{ body: 0 }, /'body' must be more than 0/],
    [{ idle: "soon" }, /Not a duration/],
    [{ bodies: 1 } as ListenOptions["limits"], /There is no limit 'bodies'/],
  ])("refuses limits %o", async (limits, message) => {
    host = await startHost();
    await expect(host.listen({ limits: limits ?? {} })).rejects.toThrow(message);
  });
});

describe("TLS", () => {
  it("has a certificate made on the spot, for this machine, that clients can trust by itself or by its thumbprints", async () => {
    const { certificate = "", thumbprint, thumbprintSha1, origin } = await serve({ tls: true });
    const made = new X509Certificate(certificate);
    expect(made.verify(made.publicKey)).toBe(true);
    expect([made.fingerprint256, made.fingerprint]).toEqual([thumbprint, thumbprintSha1]);
    expect(made.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
    expect(made.publicKey.asymmetricKeyType).toBe("ec");
    const status = await new Promise((resolve, reject) => {
      const get = httpsRequest(`${origin}/sdk/vimServiceVersions.xml`, { ca: certificate }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      get.on("error", reject).end();
    });
    expect(status).toBe(200);
  });

  it("takes a certificate that it is given, and says what is none", async () => {
    const { certificateFor } = await import("../../../../sdk/host/doors/certificate.ts");
    const { cert, key } = certificateFor("2001:db8::7");
    expect(new X509Certificate(cert).subjectAltName).toContain("IP Address:2001:DB8:0:0:0:0:0:7");
    expect((await serve({ tls: { cert, key } })).certificate).toBe(cert);
    await expect(host?.listen({ tls: { cert: "x", key } })).rejects.toThrow("tls.cert is no certificate");
    await expect(host?.listen({ tls: { cert, key: "x" } })).rejects.toThrow("tls.key is no private key");
  });
});

describe("what is no request for it", () => {
  it("is refused with the right status and a line of help", async () => {
    const { origin, url } = await serve();
    const ask = async (method: string, address: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(address, { method, headers });
      return [answer.status, answer.headers.get("allow"), await answer.text()];
    };
    expect(await ask("GET", `${origin}/nowhere`)).toEqual([404, null, expect.stringContaining("/sdk")]);
    expect(await ask("GET", url)).toEqual([405, "POST", expect.stringContaining("use POST")]);
    expect(await ask("OPTIONS", url)).toEqual([204, "POST, OPTIONS", ""]);
    expect(await ask("HEAD", `${url}/vimServiceVersions.xml`)).toEqual([200, null, ""]);
    expect((await ask("POST", url, { Origin: "https://evil.example" }))[0]).toBe(403);
    expect((await ask("POST", url, { "Content-Encoding": "gzip" }))[0]).toBe(415);
  });

  it.each([
    ["two lengths", ["Content-Length: 5", "Content-Length: 6"], "hello"],
    ["a length and chunks", ["Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"],
    ["chunks that are not chunks", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"],
    ["a negative length", ["Content-Length: -1"], ""],
    ["a space before the colon", ["Content-Length : 5"], "hello"],
    ["a folded header", ["Content-Length: 5", " 6"], "hello"],
    ["a bare carriage return", ["A: b\rContent-Length: 5"], "hello"],
    ["chunks of a wrong size", ["Transfer-Encoding: chunked"], "zz\r\nhello\r\n0\r\n\r\n"],
  ])("with %s, as smugglers send it, is refused and the connection closed", async (_what, headers, body) => {
    const { port } = await serve();
    const { text, closed } = await raw(port, [request("POST /sdk", headers, body), post(currentTime)]);
    expect(closed).toBe(true);
    expect(statusOf(text)).toBe(400);
    expect(text.split("HTTP/1.1 ").length).toBe(2);
  });

  it.each([
    ["no HTTP at all", "\x16\x03\x01\x00\xff\r\n\r\n"],
    ["another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["no host", "GET /sdk HTTP/1.1\r\n\r\n"],
    ["a tunnel", "CONNECT sdkTunnel:8089 HTTP/1.1\r\nHost: sdkTunnel:8089\r\n\r\n"],
  ])("with %s, the connection is closed and the next is answered", async (_what, bytes) => {
    const { port } = await serve();
    expect((await raw(port, [bytes])).closed).toBe(true);
    const { text } = await raw(port, [post(currentTime)], (got) => got.includes("</soapenv:Envelope>"));
    expect(text).toContain("NotAuthenticated");
  });

  it("with a strange Host is answered as any other", async () => {
    const { port } = await serve();
    const bytes = post(currentTime).replace("Host: localhost", 'Host: evil.example"><script>');
    const { text } = await raw(port, [bytes], (got) => got.includes("Envelope>"));
    expect(text).not.toContain("evil.example");
  });

  it("may ask for leave to send its body, and is given it", async () => {
    const { port } = await serve();
    const bytes = post(currentTime, "Expect: 100-continue");
    const { text } = await raw(port, [bytes], (got) => got.includes("</soapenv:Envelope>"));
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 500/);
  });
});

describe("limits", () => {
  it("of a body: announced or not", async () => {
    const { port } = await serve({ limits: { body: 1000 } });
    const large = "x".repeat(2000);
    expect(statusOf((await raw(port, [post(large)])).text)).toBe(413);
    const chunk = `${large.length.toString(16)}\r\n${large}\r\n`;
    const { text, closed } = await raw(port, [request("POST /sdk", ["Transfer-Encoding: chunked"], chunk)]);
    expect([statusOf(text), closed]).toEqual([413, true]);
  });

  it("of headers: their bytes and their number", async () => {
    const { port } = await serve({ limits: { headerBytes: 4096, headerCount: 20 } });
    const done = (text: string) => text.includes("\r\n\r\n");
    expect(statusOf((await raw(port, [post(currentTime, `A: ${"b".repeat(5000)}`)], done)).text)).toBe(431);
    const many = Array.from({ length: 30 }, (_, i) => `A${i}: b`);
    expect(statusOf((await raw(port, [post(currentTime, ...many)], done)).text)).toBe(431);
  });

  it("of time: for headers, for a body, and for doing nothing", async () => {
    const { port } = await serve({ limits: { headers: 200, request: 200, keepAlive: 200 } });
    expect((await raw(port, ["POST /sdk HTTP/1.1\r\nHost: a\r\n"])).closed).toBe(true);
    expect((await raw(port, [request("POST /sdk", ["Content-Length: 100"], "slow")])).closed).toBe(true);
    expect((await raw(port, [request("GET /sdk/vimServiceVersions.xml", [])])).text).toContain("<namespaces");
  });

  it("of patience with those who do not read what they asked for", async () => {
    const { port } = await serve({ limits: { reading: 200 } });
    const ask = request("GET /sdk/vimServiceVersions.xml", []);
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.pause();
        for (let i = 0; i < 50_000; i++) socket.write(ask);
      });
      // Who does not read learns that he was cut off when he writes.
      const more = setInterval(() => socket.write(ask), 50);
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(more);
        resolve();
      });
    });
  });

  it("of connections", async () => {
    const { port, url } = await serve({ limits: { connections: 2, keepAlive: "1m" } });
    const held = [1, 2].map(() => connect(port, "127.0.0.1"));
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    expect(await raw(port, [post(currentTime)])).toEqual({ text: "", closed: true });
    for (const socket of held) socket.destroy();
    await vi.waitFor(async () => expect((await new SoapClient(url).send(currentTime)).status).toBe(500), patience);
  });

  it("of requests on one connection at once", async () => {
    const { port } = await serve({ limits: { pipelined: 3 }, delay: () => 1 });
    const { text, closed } = await raw(port, [post(currentTime).repeat(10)]);
    expect(text).toContain("HTTP/1.1 429");
    expect(closed).toBe(true);
  });

  it("of requests a second from one address, this machine's own not counted", async () => {
    const { Lines } = await import("../../../../sdk/host/doors/lines.ts");
    const { limitsOf } = await import("../../../../sdk/host/doors/limits.ts");
    const { Socket } = await import("node:net");
    const lines = new Lines(limitsOf({ rate: 5 }));
    const line = lines.of(new Socket());
    const admitted = (counted: boolean, ipAddress: string) =>
      Array.from({ length: 30 }, () => lines.admit({ ...line, counted, ipAddress })).filter(Boolean).length;
    expect(admitted(true, "192.0.2.1")).toBeLessThan(15);
    expect(admitted(true, "192.0.2.2")).toBeGreaterThan(9);
    expect(admitted(false, "127.0.0.1")).toBe(30);
    lines.close();
  });
});
