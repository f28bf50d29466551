import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Host,
  type HostOptions,
  type Listening,
  type ListenOptions,
  startHost,
} from "../../../../sdk/host/index.ts";
import { managedType, typeNames } from "../../../../sdk/vim/schema.ts";
import { propertyCollector, SoapClient, serviceInstance, sessionManager } from "./soap-client.ts";

const users = [
  { name: "administrator@vsphere.local", password: "secret" },
  { name: "alice@vsphere.local", password: "wonder", role: "ReadOnly" },
  { name: "nobody@vsphere.local", password: "nothing" },
];

let host: Host;
let listening: Listening;
let client: SoapClient;
async function serve(options: ListenOptions = {}, more: HostOptions = {}): Promise<void> {
  host?.close();
  host = await startHost({ seed: 1, users, ...more });
  listening = await host.listen({ tls: false, ...options });
  client = new SoapClient(listening.url);
}
beforeEach(() => serve());
afterEach(() => host.close());

const tokenOf = (cookie: string) => /"([0-9a-f]+)"/.exec(cookie)?.[1] ?? "";

describe("a session's cookie", () => {
  it("is given before the login, anew with it, and kept from then on", async () => {
    const first = await client.call(serviceInstance, "RetrieveServiceContent");
    expect(first.headers.get("set-cookie")).toMatch(/^vmware_soap_session="[0-9a-f]{40}"; Path=\/; HttpOnly;$/);
    const before = client.cookie;
    const login = await client.login();
    expect(login.result).toMatchObject({ userName: "VSPHERE.LOCAL\\administrator" });
    expect(client.cookie).not.toBe(before);
    const next = await client.call(serviceInstance, "CurrentTime");
    expect([next.status, next.headers.get("set-cookie")]).toEqual([200, null]);
  });

  it("is given after a failed login too, and is nobody's", async () => {
    const { fault, headers } = await client.login("alice", "wrong");
    expect([fault, headers.get("set-cookie")]).toEqual([
      "InvalidLogin",
      expect.stringContaining("vmware_soap_session="),
    ]);
    expect((await client.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
  });

  it("is marked Secure where it came by TLS", async () => {
    await serve({ tls: true });
    const { request } = await import("node:https");
    const cookie = await new Promise((resolve, reject) => {
      const call = request(`${listening.url}`, { method: "POST", ca: listening.certificate }, (response) => {
        response.resume();
        resolve(response.headers["set-cookie"]?.[0]);
      });
      call.on("error", reject);
      call.end(
        '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><RetrieveServiceContent xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent></Body></Envelope>',
      );
    });
    expect(cookie).toMatch(/^vmware_soap_session="[0-9a-f]{40}"; Path=\/; HttpOnly; Secure;$/);
  });

  it.each([
    ["as it was given", (token: string) => `vmware_soap_session="${token}"`],
    ["without its quotes", (token: string) => `vmware_soap_session=${token}`],
    ["with all that came with it", (token: string) => `vmware_soap_session="${token}"; Path=/; HttpOnly; Secure;`],
    ["among others", (token: string) => `a=b; vmware_soap_session="${token}"; c=d`],
  ])("is taken %s", async (_how, written) => {
    await client.login();
    client.cookie = written(tokenOf(client.cookie));
    expect((await client.call(serviceInstance, "CurrentTime")).status).toBe(200);
  });

  it("may come in the envelope", async () => {
    await client.login();
    const token = tokenOf(client.cookie);
    client.cookie = "";
    const body = `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><vcSessionCookie>"${token}"</vcSessionCookie></Header><Body><CurrentTime xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></CurrentTime></Body></Envelope>`;
    expect((await client.send(body)).status).toBe(200);
  });

  it("that somebody has put into a client's hands gets no session", async () => {
    const planted = `vmware_soap_session="${"a".repeat(40)}"`;
    client.cookie = planted;
    await client.login();
    expect(client.cookie).not.toBe(planted);
    const thief = new SoapClient(listening.url);
    thief.cookie = planted;
    expect((await thief.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
  });

  it("is of no more use after the logout", async () => {
    await client.login();
    const { cookie } = client;
    await client.call(sessionManager, "Logout");
    client.cookie = cookie;
    expect((await client.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
    expect(host.sessions.list).toEqual([]);
  });

  it("has nothing to do with the session's key, nor with the seed", async () => {
    const { result } = await client.login();
    const key = typeof result === "object" && result !== null && "key" in result ? String(result.key) : "";
    const mine = tokenOf(client.cookie);
    for (const guess of [key, key.replaceAll("-", ""), `"${key}"`]) {
      const thief = new SoapClient(listening.url);
      thief.cookie = `vmware_soap_session="${guess}"`;
      expect((await thief.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
    }
    await serve();
    await client.login();
    expect(tokenOf(client.cookie)).not.toBe(mine);
  });
});

describe("without a session", () => {
  it("no method of any type answers but the anonymous ones", async () => {
    const open: string[] = [];
    const connection = { session: undefined, ipAddress: "192.0.2.1", userAgent: "" };
    for (const name of typeNames("managed")) {
      for (const { name: method, privilege } of managedType(name)?.methods.values() ?? []) {
        try {
          await host.call(connection, { type: name, value: "x" } as never, method, {});
          open.push(method);
        } catch (error) {
          const fault = error instanceof Error ? error.name : "";
          if (privilege !== "System.Anonymous" && fault !== "NotAuthenticated")
            open.push(`${name}.${method}: ${fault}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  it("the same is so over the network, of every method that there is", async () => {
    const open: string[] = [];
    for (const type of typeNames("managed")) {
      for (const { name, owner, privilege, only } of managedType(type)?.methods.values() ?? []) {
        if (owner !== type || privilege === "System.Anonymous" || only === "vijson") continue;
        const { fault } = await client.call({ type, value: "x" }, name, {}, { version: "9.1.0.0" });
        if (fault !== "NotAuthenticated") open.push(`${type}.${name}: ${fault}`);
      }
    }
    expect(open).toEqual([]);
  });

  it("the session manager says so where the schema would let anybody call", async () => {
    const spec = { _typeName: "SessionManagerHttpServiceRequestSpec", url: "/" };
    expect((await client.call(sessionManager, "AcquireGenericServiceTicket", { spec })).fault).toBe("NotAuthenticated");
  });

  it("nobody sends a large call", async () => {
    const large = `<Envelope>${" ".repeat(2 ** 20)}</Envelope>`;
    expect((await client.send(large)).status).toBe(413);
    await client.login();
    expect((await client.send(large)).status).toBe(500);
  });

  it("properties are not read but those that anybody may see", async () => {
    const read = async (type: string, obj: typeof serviceInstance, path: string) => {
      const spec = { specSet: [{ propSet: [{ type, pathSet: [path] }], objectSet: [{ obj }] }], options: {} };
      return (await client.call(propertyCollector, "RetrievePropertiesEx", spec)).text;
    };
    expect(await read("ServiceInstance", serviceInstance, "content")).toContain("<rootFolder");
    expect(await read("Folder", { type: "Folder", value: "group-d1" }, "name")).not.toContain("Datacenters");
    expect(await read("SessionManager", sessionManager, "sessionList")).not.toContain("<userName>");
  });
});

describe("what a user may", () => {
  const folder = { type: "Folder", value: "group-d1" };

  it("follows from the role that he was given", async () => {
    await client.login("alice", "wonder");
    expect((await client.call(serviceInstance, "CurrentTime")).status).toBe(200);
    expect(await client.call(folder, "CreateFolder", { name: "x" })).toMatchObject({
      status: 500,
      fault: "NoPermission",
    });
    const [session] = host.sessions.list;
    expect((await client.call(sessionManager, "TerminateSession", { sessionId: [session?.key] })).fault).toBe(
      "NoPermission",
    );
  });

  it("is nothing where he has none", async () => {
    await client.login("nobody", "nothing");
    expect((await client.call(folder, "CreateFolder", { name: "x" })).fault).toBe("NoPermission");
    const spec = {
      specSet: [{ propSet: [{ type: "Folder", pathSet: ["name"] }], objectSet: [{ obj: folder }] }],
      options: {},
    };
    expect((await client.call(propertyCollector, "RetrievePropertiesEx", spec)).text).not.toContain("Datacenters");
  });

  it("is everything for the administrator, who ends the sessions of others", async () => {
    const alice = new SoapClient(listening.url);
    await alice.login("alice", "wonder");
    await client.login();
    expect((await client.call(folder, "CreateFolder", { name: "x" })).status).toBe(200);
    const hers = host.sessions.list.find(({ userName }) => userName.endsWith("alice"));
    await client.call(sessionManager, "TerminateSession", { sessionId: [hers?.key] });
    expect((await alice.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
  });

  it("can be taken on by who may impersonate", async () => {
    await client.login();
    const { cookie } = client;
    const { result } = await client.call(sessionManager, "ImpersonateUser", { userName: "alice@vsphere.local" });
    expect(result).toMatchObject({ userName: "VSPHERE.LOCAL\\alice" });
    expect((await client.call(folder, "CreateFolder", { name: "x" })).fault).toBe("NoPermission");
    expect(
      (await client.call(sessionManager, "ImpersonateUser", { userName: "administrator@vsphere.local" })).fault,
    ).toBe("NoPermission");
    client.cookie = cookie;
    expect((await client.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
  });
});

describe("a clone ticket", () => {
  it("opens one more session for the same user, once", async () => {
    await client.login("alice", "wonder");
    const { result: cloneTicket } = await client.call(sessionManager, "AcquireCloneTicket");
    const other = new SoapClient(listening.url);
    expect((await other.call(sessionManager, "CloneSession", { cloneTicket })).result).toMatchObject({
      userName: "VSPHERE.LOCAL\\alice",
    });
    expect((await other.call(serviceInstance, "CurrentTime")).status).toBe(200);
    const thief = new SoapClient(listening.url);
    expect((await thief.call(sessionManager, "CloneSession", { cloneTicket })).fault).toBe("InvalidLogin");
  });

  it("is worth nothing once its session has ended, and cannot be guessed from the seed", async () => {
    await client.login();
    const { result: first } = await client.call(sessionManager, "AcquireCloneTicket");
    await client.call(sessionManager, "Logout");
    expect((await client.call(sessionManager, "CloneSession", { cloneTicket: first })).fault).toBe("InvalidLogin");
    await serve();
    await client.login();
    expect((await client.call(sessionManager, "AcquireCloneTicket")).result).not.toBe(first);
  });
});

describe("other ways to log in", () => {
  it.each([
    ["LoginByToken", {}],
    ["LoginExtensionByCertificate", { extensionKey: "com.example" }],
    ["LoginExtensionBySubjectName", { extensionKey: "com.example" }],
    ["LoginBySSPI", { base64Token: "AAAA" }],
  ])("%s says that it is not there", async (method, args) => {
    const { fault, message } = await client.call(sessionManager, method, args);
    expect([fault, message]).toEqual(["NotSupported", expect.stringContaining(method)]);
  });
});

describe("URLs with tokens", () => {
  it("that were given out before the host listened are for its owner alone: they follow from its seed", async () => {
    host.close();
    host = await startHost({ seed: 1, users });
    const url = host.tickets.offerDownload({ read: () => [Uint8Array.of(7)] });
    listening = await host.listen({ tls: false });
    const there = `${listening.origin}${url.replace(/^https?:\/\/\*/, "")}`;
    expect((await fetch(there)).status).toBe(404);
    for await (const chunk of host.download(url)) expect(chunk).toEqual(Uint8Array.of(7));
  });

  it("cannot be foreseen by who knows the seed", async () => {
    const offered = () => host.tickets.offerDownload({ read: () => [Uint8Array.of(7)] });
    const first = offered();
    await serve();
    expect(offered()).not.toBe(first);
    expect(first).toMatch(/token=[0-9a-f-]{36}$/);
  });
});
