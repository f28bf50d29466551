import { afterEach, describe, expect, it, vi } from "vitest";
import { type Host, type Listening, type ListenOptions, type LogEntry, startHost } from "../../../../sdk/host/index.ts";
import { SoapClient, serviceInstance, sessionManager } from "./soap-client.ts";

const users = [
  { name: "administrator@vsphere.local", password: "secret" },
  { name: "alice@vsphere.local", password: "wonder" },
];

let host: Host | undefined;
async function serve(options: ListenOptions = {}): Promise<Listening> {
  host = await startHost({ seed: 1, users });
  return host.listen({ tls: false, ...options });
}
afterEach(() => {
  vi.useRealTimers();
  host?.close();
});

/** Moves the wall clock, and nothing else. */
function stopClock(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ["Date"] });
  return (ms) => {
    vi.setSystemTime(Date.now() + ms);
  };
}

describe("guessing passwords", () => {
  it("is slowed down for the address and the user, and the right one works again soon", async () => {
    const pass = stopClock();
    const { url } = await serve();
    const client = new SoapClient(url);
    for (let i = 0; i < 6; i++) await client.login("alice", `guess ${i}`);
    const refused = await client.login("alice", "wonder");
    expect([refused.fault, refused.message]).toEqual(["InvalidLogin", expect.stringContaining("Try again in")]);
    expect((await client.login()).status).toBe(200);
    pass(16_000);
    expect((await new SoapClient(url).login("alice", "wonder")).status).toBe(200);
  });

  it("waits twice as long each time, but never longer than is set", async () => {
    const pass = stopClock();
    const { url } = await serve({ limits: { failedLogins: 1, loginPause: "4s" } });
    const client = new SoapClient(url);
    const wrong = async () => (await client.login("alice", "no")).message ?? "";
    const waits: string[] = [];
    for (let i = 0; i < 6; i++) {
      await wrong();
      waits.push(/in (\d+) second/.exec(await wrong())?.[1] ?? "");
      pass(4001);
    }
    expect(waits).toEqual(["1", "2", "4", "4", "4", "4"]);
  });

  it("for many users from one address is slowed down too", async () => {
    stopClock();
    const { url } = await serve();
    const client = new SoapClient(url);
    for (let i = 0; i < 26; i++) await client.login(`user${i}`, "x");
    expect((await client.login()).message).toContain("too many passwords were wrong");
  });

  it("takes no notice of what was tried too early", async () => {
    const pass = stopClock();
    const { url } = await serve({ limits: { failedLogins: 1 } });
    const client = new SoapClient(url);
    for (let i = 0; i < 30; i++) await client.login("alice", "no");
    pass(1001);
    expect((await client.login("alice", "wonder")).status).toBe(200);
  });
});

describe("sessions", () => {
  it("end when nothing was asked in them for too long", async () => {
    const pass = stopClock();
    const { url } = await serve({ limits: { idle: "30m" } });
    const client = new SoapClient(url);
    await client.login();
    pass(29 * 60_000);
    expect((await client.call(serviceInstance, "CurrentTime")).status).toBe(200);
    pass(29 * 60_000);
    expect((await client.call(serviceInstance, "CurrentTime")).status).toBe(200);
    pass(31 * 60_000);
    expect((await client.call(serviceInstance, "CurrentTime")).fault).toBe("NotAuthenticated");
    expect(host?.sessions.list).toEqual([]);
  });

  it("end by themselves, without anybody asking", async () => {
    const { url } = await serve({ limits: { idle: 30 } });
    await new SoapClient(url).login();
    await vi.waitFor(() => expect(host?.sessions.list).toEqual([]), { timeout: 20_000 });
  });

  it("are so many for a user and in all, and no more", async () => {
    const { url } = await serve({ limits: { sessions: 3, sessionsPerUser: 2 } });
    const login = (user?: string, password?: string) => new SoapClient(url).login(user, password);
    const first = new SoapClient(url);
    await first.login();
    await login();
    expect(await login()).toMatchObject({ fault: "LimitExceeded", message: expect.stringContaining("2 sessions") });
    expect((await login("alice", "wonder")).status).toBe(200);
    expect((await login("alice", "wonder")).fault).toBe("LimitExceeded");
    await first.call(sessionManager, "Logout");
    expect((await login("alice", "wonder")).status).toBe(200);
  });

  it("are not held by those who never log in", async () => {
    const { url } = await serve({ limits: { sessions: 2 } });
    for (let i = 0; i < 20; i++) await new SoapClient(url).call(serviceInstance, "RetrieveServiceContent");
    expect((await new SoapClient(url).login()).status).toBe(200);
  });
});

describe("any account", () => {
  it("gets in where the listener says so, as an administrator", async () => {
    const { url } = await serve({ anyAccount: true });
    const client = new SoapClient(url);
    expect((await client.login("user", "pass")).result).toMatchObject({ userName: "VSPHERE.LOCAL\\user" });
    const made = await client.call({ type: "Folder", value: "group-d1" }, "CreateFolder", { name: "mine" });
    expect(made.status).toBe(200);
    expect((await new SoapClient(url).login("", "")).fault).toBe("InvalidLogin");
  });
});

describe("the log, and what is shown of the wire", () => {
  it("have no secret in them", async () => {
    const log: LogEntry[] = [];
    const wire: string[] = [];
    const { url, origin } = await serve({
      log: (entry) => log.push(entry),
      trace: (_id, _way, text) => wire.push(text),
    });
    const client = new SoapClient(url);
    await client.login("alice", "wrong-password-17");
    await client.login("administrator@vsphere.local", "secret");
    const { result: ticket } = await client.call(sessionManager, "AcquireCloneTicket");
    await client.call(sessionManager, "CloneSession", { cloneTicket: "cst-guess-18" });
    await fetch(`${origin}/guestFile?id=1&token=a-token-19`);
    await fetch(`${origin}/nfc/a-token-20/disk-0.vmdk`);
    await fetch(`${origin}/sdk`, { headers: { Authorization: "Basic YTpiLTIx" } });
    await vi.waitFor(() => expect(log).toHaveLength(7), { timeout: 20_000 });
    const cookie = /"([0-9a-f]+)"/.exec(client.cookie)?.[1] ?? "none";
    const all = `${JSON.stringify(log)}${wire.join("")}`;
    expect(wire.join("")).toContain("<password>...</password>");
    for (const secret of [
      "wrong-password-17",
      ">secret<",
      cookie,
      "cst-guess-18",
      "token-19",
      "token-20",
      "YTpiLTIx",
    ]) {
      expect(all).not.toContain(secret);
    }
    expect(JSON.stringify(log)).not.toContain(ticket);
    expect(wire.join("")).not.toContain(ticket);
  });
});
