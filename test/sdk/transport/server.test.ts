import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connect, type Host, startHost } from "../../../sdk/index.ts";

const account = { user: "anna@vsphere.local", password: "pa<ss>&word" };
let host: Host;
let plain: Awaited<ReturnType<Host["listen"]>>;
let secure: Awaited<ReturnType<Host["listen"]>>;
beforeAll(async () => {
  host = await startHost({ seed: 1, users: [{ name: account.user, password: account.password }] });
  plain = await host.listen({ port: 0, tls: false });
  secure = await host.listen({ port: 0 });
});
afterAll(async () => {
  await plain.close();
  await secure.close();
  host.close();
});

/** Values without the names of their types: on the wire those travel only that tell something. */
const plainly = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one) => (key === "_typeName" ? undefined : one)));

const servers: Server[] = [];
/** A server that is no vSphere, or a bad one. */
async function bad(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe("a server at an address", () => {
  it.each(["plain", "secure"] as const)("is the same as an embedded one, over %s HTTP", async (kind) => {
    const { url, thumbprint } = kind === "plain" ? plain : secure;
    const there = await connect(url, { ...account, ...(thumbprint === undefined ? {} : { thumbprint }) });
    const here = await connect(host);
    const paths = ["name", "config.hardware", "guest", "layoutEx", "summary", "resourceConfig"] as const;
    const rows = await there.retrieve(await there.find.virtualMachines(), paths);
    expect(plainly(rows)).toEqual(plainly(await here.retrieve(await here.find.virtualMachines(), paths)));
    const report = await there.fork(await there.find.virtualMachine("golden"), {
      count: 3,
      name: (i) => `${kind}-${i}`,
    });
    expect(report.failed).toEqual([]);
    expect((await here.find.virtualMachines(`${kind}-*`)).length).toBe(3);
    await there.close();
    await here.close();
  });

  it("moves bytes from and to guests and datastores", async () => {
    const vc = await connect(plain.url, { ...account, guest: { user: "root", password: "fargo" } });
    const vm = await vc.find.virtualMachine("web-01");
    const bytes = new TextEncoder().encode("from far away\n".repeat(10_000));
    await vm.guest.writeFile("/tmp/far", bytes);
    expect(await vm.guest.readFile("/tmp/far")).toEqual(bytes);
    await vc.close();
  });

  it("takes its session away at the end", async () => {
    const before = host.sessions.list.length;
    const vc = await connect(plain.url, account);
    expect(host.sessions.list.length).toBe(before + 1);
    await vc.close();
    expect(host.sessions.list.length).toBe(before);
  });

  it("ends a call whose signal is aborted while it waits", async () => {
    const vc = await connect(plain.url, account);
    const abort = new AbortController();
    const vm = await vc.find.virtualMachine("web-01");
    const seen: unknown[] = [];
    await expect(
      (async () => {
        for await (const update of vc.watch([vm], ["name"], { signal: abort.signal })) {
          seen.push(update);
          setTimeout(() => abort.abort(), 20);
        }
      })(),
    ).rejects.toMatchObject({ code: "Aborted" });
    expect(seen).toHaveLength(1);
    await vc.close();
  });

  it("has faults as typed errors", async () => {
    const vc = await connect(plain.url, account);
    const vm = await vc.find.virtualMachine("web-02");
    await expect(vm.powerOn()).rejects.toMatchObject({
      code: "InvalidPowerState",
      fault: { existingState: "poweredOn", requestedState: "poweredOn" },
    });
    await vc.close();
  });

  it.each([
    ["no account", {}, "InvalidArgument", "give user and password"],
    ["no password", { user: "anna" }, "InvalidArgument", "give the password"],
    ["a wrong password", { user: "anna", password: "no" }, "InvalidLogin", "incorrect"],
  ])("is not logged in to with %s", async (_what, options, code, words) => {
    const error = await connect(plain.url, options).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(words);
  });

  it.each([
    ["nobody vouches for", {}, "it has signed itself"],
    ["is not the one that was meant", { thumbprint: "AB:CD" }, "another one than the given thumbprint names"],
  ])("is told nothing when its certificate %s", async (_what, trust, words) => {
    const calls = host.sessions.list.length;
    const error = await connect(secure.url, { ...account, ...trust }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "UntrustedCertificate", thumbprint: secure.thumbprint });
    expect(String(error)).toContain(words);
    expect(host.sessions.list.length).toBe(calls);
  });

  it("may have any certificate when that is said aloud", async () => {
    const vc = await connect(secure.url, { ...account, insecure: true });
    expect(vc.about.apiType).toBe("VirtualCenter");
    await vc.close();
  });
});

describe("an address where there is no vSphere", () => {
  it.each([
    ["ftp://example.com", "InvalidArgument"],
    ["http://user:secret@:99999/", "InvalidArgument"],
    ["", "InvalidArgument"],
    ["http://127.0.0.1:1", "ConnectionFailed"],
  ])("'%s' is %s, and no secret is shown", async (address, code) => {
    const error = await connect(address, account).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain("secret");
  });

  it.each([
    ["answers HTML", (_: unknown, response: { end(text: string): void }) => response.end("<html>It works!</html>")],
    [
      "answers 404",
      (_: unknown, response: { writeHead(n: number): void; end(): void }) => [response.writeHead(404), response.end()],
    ],
    [
      "sends elsewhere",
      (_: unknown, response: { writeHead(n: number, h: object): void; end(): void }) => [
        response.writeHead(302, { Location: "http://example.com/" }),
        response.end(),
      ],
    ],
  ])("that %s is a BadAnswer", async (_what, answer) => {
    const origin = await bad(answer as unknown as RequestListener);
    await expect(connect(origin, account)).rejects.toMatchObject({ code: "BadAnswer" });
  });

  it("that closes in the middle of its answer is a ConnectionFailed", async () => {
    const origin = await bad((_, response) => {
      response.writeHead(200, { "Content-Length": "1000" });
      response.write("<namespaces>");
      setTimeout(() => response.destroy(), 10);
    });
    await expect(connect(origin, account)).rejects.toMatchObject({ code: "ConnectionFailed" });
  });
});
