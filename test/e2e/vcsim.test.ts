import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { govc, listening, portOf, runGovc, variables } from "./peers.ts";
import { bundle, fargo, temporaryFolder } from "./program.ts";
import { ServerProcess } from "./server.ts";
import { ask, call, login } from "./soap-client.ts";

const folder = temporaryFolder();
const running: ServerProcess[] = [];

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ServerProcess {
  const process = new ServerProcess(args, env);
  running.push(process);
  return process;
}

const vcsim = (...args: readonly string[]) => start(["vcsim", "-l", "127.0.0.1:0", ...args]);

beforeAll(bundle);
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("fargo vcsim", () => {
  const line = /^export GOVC_URL=(https?:\/\/\S+) GOVC_SIM_PID=(\d+)\n/;

  test("prints vcsim's line, and lets everybody in", async () => {
    const server = vcsim();
    const [, url = "", pid] = await server.shows(line);
    expect(Number(pid)).toBe(server.child.pid);
    expect(url).toMatch(/^https:\/\/user:pass@127\.0\.0\.1:\d+\/sdk$/);
    expect((await login(url, "anybody", "anything")).status).toBe(200);
    expect(server.stdout).toMatch(new RegExp(`${line.source}$`));
    server.signal("SIGTERM");
    expect([await server.ends(), server.stderr]).toEqual([0, ""]);
  });

  test.skipIf(govc === undefined)("has vcsim's names", async () => {
    const server = vcsim("-tls=false", "-folder", "1", "-pool=1", "-vm", "1");
    await server.shows(line);
    const found = runGovc(variables(server.stdout), "find", "/").stdout.split("\n");
    for (const path of [
      ...["/F0/DC0", "/F0/DC0/vm/F0/DC0_H0_VM0", "/F0/DC0/vm/F0/DC0_C0_RP1_VM0", "/F0/DC0/datastore/F0/LocalDS_0"],
      ...["/F0/DC0/host/F0/DC0_C0/DC0_C0_H2", "/F0/DC0/network/F0/DVS0", "/F0/DC0/network/F0/DC0_DVPG0"],
    ]) {
      expect(found).toContain(path);
    }
    expect(found).not.toContain("/F0/DC0/vm/F0/DC0_C0_RP0_VM0");
  });

  test("asks for the user and password that were given, in files too", async () => {
    const secret = join(folder, "secret");
    writeFileSync(secret, "a b&c\n");
    const server = vcsim("-username", "eve", "-password", secret);
    const [, url = ""] = await server.shows(line);
    expect(url).toMatch(/^https:\/\/eve:a%20b%26c@/);
    expect((await login(url, "eve", "a b&amp;c")).status).toBe(200);
    expect((await login(url, "eve", "a")).text).toContain("InvalidLogin");
    expect((await login(url, "mallory", "a b&amp;c")).text).toContain("InvalidLogin");
  });

  test("-E writes the line to a file, which others may not read", async () => {
    const path = join(folder, "variables");
    const server = vcsim("-E", path);
    await expect.poll(() => existsSync(path) && line.test(readFileSync(path, "utf8")), { timeout: 20_000 }).toBe(true);
    expect(server.stdout).toBe("");
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test("-E writes the line to a FIFO, and waits for its reader", async () => {
    const path = join(folder, "fifo");
    expect(spawnSync("mkfifo", [path]).status).toBe(0);
    const server = vcsim("-E", path);
    expect(await readFile(path, "utf8")).toMatch(line);
    server.signal("SIGINT");
    expect(await server.ends()).toBe(0);
    const waiting = vcsim("-E", path, "-trace");
    // until it waits for a reader, or still makes its inventory: either way it must go
    await sleep(1500);
    waiting.signal("SIGTERM");
    expect(await waiting.ends()).toBe(0);
  });

  test("-trace-file has requests and answers, and no password", async () => {
    const path = join(folder, "trace");
    const server = vcsim("-trace-file", path);
    const [, url = ""] = await server.shows(line);
    await login(url, "eve", "open-sesame");
    server.signal("SIGTERM");
    await server.ends();
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(/^Request: .*<userName>eve</m);
    expect(text).toMatch(/^Response: .*LoginResponse/ms);
    expect(text).not.toContain("open-sesame");
  });

  test("-method-delay makes a call take longer, and a task", async () => {
    const server = vcsim("-method-delay", "CurrentTime:300,PowerOffVM:60000", "-vm", "1", "-cluster", "0");
    const [, url = ""] = await server.shows(line);
    const { cookie } = await login(url, "user", "pass");
    const begun = performance.now();
    await ask(url, { cookie, body: call("CurrentTime", "ServiceInstance:ServiceInstance") });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(295);
    const find = call(
      "FindByInventoryPath",
      "SearchIndex:SearchIndex",
      "<inventoryPath>DC0/vm/DC0_H0_VM0</inventoryPath>",
    );
    const [, vm] = /<returnval[^>]*>([^<]+)</.exec((await ask(url, { cookie, body: find })).text) ?? [];
    const off = await ask(url, { cookie, body: call("PowerOffVM_Task", `VirtualMachine:${vm}`) });
    const [, task] = /<returnval[^>]*>([^<]+)</.exec(off.text) ?? [];
    const spec = `<specSet><propSet><type>Task</type><pathSet>info.state</pathSet></propSet><objectSet><obj type="Task">${task}</obj></objectSet></specSet><options/>`;
    const read = call("RetrievePropertiesEx", "PropertyCollector:propertyCollector", spec);
    expect((await ask(url, { cookie, body: read })).text).toMatch(/>(running|queued)</);
  });

  test("-api-version is shown; -stdinexit ends it by a key; -tunnel leads to the server", async () => {
    const server = vcsim("-api-version", "6.7", "-stdinexit", "-tunnel", "0", "-tls=false");
    const [, url = ""] = await server.shows(line);
    await server.shows(/Press any key to exit/);
    expect(
      (await ask(url, { body: call("RetrieveServiceContent", "ServiceInstance:ServiceInstance") })).text,
    ).toContain("<apiVersion>6.7<");
    const proxy = new URL(url).searchParams.get("GOVMOMI_TUNNEL_PROXY_PORT");
    const curl = spawnSync("curl", ["-sp", "-x", `http://127.0.0.1:${proxy}`, "http://sdkTunnel:8089/about"]);
    if (curl.error === undefined) expect(curl.stdout.toString()).toContain("methods");
    server.child.stdin?.write("x");
    expect(await server.ends()).toBe(0);
  });

  test("a port that is in use is said, with exit code 1", async () => {
    const taken = await listening();
    const port = portOf(taken);
    const done = await fargo(["vcsim", "-l", `127.0.0.1:${port}`]);
    expect([done.code, done.stderr]).toEqual([1, expect.stringContaining("the port is in use")]);
    taken.close();
  });

  test.each([
    [["-foo"], 2, /there is no flag -foo/],
    [["-pod", "1"], 2, /-pod: storage pods are not simulated/],
    [["-l", "0.0.0.0:0"], 2, /others can reach 0\.0\.0\.0: give -username and -password/],
    [["-username", "x"], 2, /-username and -password are given together/],
    [["-l", "127.0.0.1:0", "-E", "/nothere/x"], 1, /-E "\/nothere\/x" cannot be written: there is no such file/],
    [["-l", "127.0.0.1:0", "-host", "0"], 2, /which has no hosts/],
  ])("wrong usage is said in one line: %j", async (args, code, message) => {
    const done = await fargo(["vcsim", ...args]);
    expect([done.code, done.stdout, done.stderr]).toEqual([code, "", expect.stringMatching(message)]);
  });

  test("version, uuidgen and help print and end", async () => {
    expect(await fargo(["vcsim", "version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Build Version: /),
    });
    expect((await fargo(["vcsim", "uuidgen"])).stdout).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/);
    expect(await fargo(["vcsim", "--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("-standalone-host"),
    });
  });
});
