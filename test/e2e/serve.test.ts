import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { freePort, govc, runGovc, variables } from "./peers.ts";
import { bundle, fargo, temporaryFolder } from "./program.ts";
import { ServerProcess } from "./server.ts";
import { ask, call, login } from "./soap-client.ts";

const folder = temporaryFolder();
const running: ServerProcess[] = [];

function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}): ServerProcess {
  const process = new ServerProcess(args, env);
  running.push(process);
  return process;
}

const lab = (...args: readonly string[]) => serve(["serve", "--listen", "127.0.0.1:0", ...args]);

beforeAll(bundle);
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("fargo serve", () => {
  test("prints where it listens, and who may log in: with what is printed one is let in", async () => {
    const server = lab();
    const url = await server.url();
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/sdk$/);
    const [, password = ""] = await server.shows(/^ {2}password +(\S+)$/m);
    const { status, cookie } = await login(url, "administrator@vsphere.local", password);
    expect([status, cookie]).toEqual([200, expect.stringContaining("vmware_soap_session")]);
    expect((await login(url, "administrator@vsphere.local", `${password}x`)).text).toContain("InvalidLogin");
    expect(
      (await ask(url, { body: call("RetrieveServiceContent", "ServiceInstance:ServiceInstance") })).text,
    ).toContain("simulated by Fargo");
    const { GOVC_URL, GOVC_PASSWORD } = variables(server.stdout);
    expect([GOVC_URL, GOVC_PASSWORD]).toEqual([url, password]);
  });

  test.skipIf(govc === undefined)("the line for govc works as it is printed", async () => {
    const server = lab();
    await server.url();
    const found = runGovc(variables(server.stdout), "find", "/", "-type", "m");
    expect([found.stderr, found.stdout]).toEqual(["", expect.stringContaining("/DC0/vm/golden")]);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends it, with 0 and without a word", async (signal) => {
    const server = lab();
    await server.url();
    server.signal(signal);
    expect([await server.ends(), server.stderr]).toEqual([0, ""]);
  });

  test("it ends while clients wait for an answer, and while they keep their connections", async () => {
    const server = lab();
    const url = await server.url();
    const [, password = ""] = await server.shows(/^ {2}password +(\S+)$/m);
    const { cookie } = await login(url, "administrator@vsphere.local", password);
    const waiting = ask(url, { cookie, body: call("WaitForUpdatesEx", "PropertyCollector:propertyCollector") }).catch(
      () => undefined,
    );
    await ask(url, { cookie, body: call("CurrentTime", "ServiceInstance:ServiceInstance") });
    server.signal("SIGTERM");
    expect(await server.ends()).toBe(0);
    await waiting;
  });

  test("the port is free when it has ended: another one starts there at once; two at one time do not", async () => {
    const first = lab();
    const { port } = new URL(await first.url());
    const refused = await fargo(["serve", "--listen", `127.0.0.1:${port}`]);
    expect(refused).toEqual({
      code: 1,
      stdout: "",
      stderr: `fargo serve: cannot listen at 127.0.0.1:${port}: the port is in use; another one, or port 0 for any that is free?\n`,
    });
    await ask(await first.url());
    first.signal("SIGINT");
    expect(await first.ends()).toBe(0);
    const second = serve(["serve", "--listen", `127.0.0.1:${port}`]);
    expect(new URL(await second.url()).port).toBe(port);
  });

  test("a password may be given, in the environment too, and is then not printed anywhere", async () => {
    const server = serve(["serve", "--listen", ":0", "--no-tls", "--user", "eve", "--watch"], {
      FARGO_PASSWORD: "open-sesame",
    });
    const url = await server.url();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const { status, cookie } = await login(url, "eve", "open-sesame");
    expect(status).toBe(200);
    await server.shows(/Login .*200\n/, "stderr");
    for (const text of [server.stdout, server.stderr]) {
      expect(text).not.toContain("open-sesame");
      expect(text).not.toContain(cookie?.replace(/^.*="?|"$/g, ""));
    }
  });

  test("--role says what the user may do", async () => {
    const server = lab("--role", "ReadOnly", "--password", "p");
    const url = await server.url();
    const { cookie } = await login(url, "administrator@vsphere.local", "p");
    const body = call("CreateFolder", "Folder:group-d1", "<name>x</name>");
    expect((await ask(url, { cookie, body })).text).toContain("NoPermission");
    expect((await fargo(["serve", "--listen", ":0", "--role", "King"])).stderr).toMatch(/no role "King".*ReadOnly/);
  });

  test("--inventory takes counts, and files with counts or a description", async () => {
    const path = join(folder, "lab.json");
    writeFileSync(path, JSON.stringify({ datacenters: [{ name: "DC", folders: ["a/b"], hosts: [{ name: "h" }] }] }));
    for (const [given, figures] of [
      ["machines=3,clusters=2,standaloneHosts=0", { machine: 6, host: 6, cluster: 2 }],
      [path, { machine: 0, host: 1, folder: 7 }],
    ] as const) {
      const server = lab("--inventory", given);
      const answer = await ask((await server.url()).replace("/sdk", "/debug/vars"));
      expect(JSON.parse(answer.text)).toMatchObject({ vcsim: { model: figures } });
    }
    writeFileSync(path, JSON.stringify({ datacenters: [{ name: "DC", hosts: [{ name: 1 }] }] }));
    expect(await fargo(["serve", "--listen", ":0", "--inventory", path])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("lab.json: datacenters[0].hosts[0].name must be a string"),
    });
  });

  test("--esx is a host, with its ids", async () => {
    const server = lab("--esx", "--password", "p");
    const answer = await ask(await server.url(), {
      body: call("RetrieveServiceContent", "ServiceInstance:ServiceInstance"),
    });
    expect(answer.text).toContain("ha-folder-root");
    expect(await server.shows(/^ {2}user +(\S+)$/m)).toMatchObject({ 1: "root" });
  });

  test("a reader of its output who leaves does not end it", async () => {
    const port = await freePort();
    const server = serve(["serve", "--listen", `127.0.0.1:${port}`]);
    server.child.stdout?.destroy();
    const answers = () =>
      ask(`https://127.0.0.1:${port}/about`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(answers, { timeout: 20_000 }).toBe(200);
    expect(await answers()).toBe(200);
  });

  test.each([
    [["--nope"], 2, /unknown option "--nope"/],
    [["--listen", "here"], 2, /--listen is an address and a port/],
    [["--listen", "0.0.0.0:0"], 2, /others can reach 0\.0\.0\.0: give a password/],
    [["--cert", "a.pem"], 2, /--cert and --key are given together/],
    [["--cert", "nothere.pem", "--key", "k"], 2, /--cert "nothere.pem" cannot be read: there is no such file/],
    [["--cert", "config.json", "--key", "config.json"], 2, /config\.json" cannot be read|holds no certificate/],
    [["--clock", "fast"], 2, /--clock is instant or real/],
    [["--seed", "x"], 2, /--seed is a whole number/],
    [
      ["--listen", "192.0.2.1:1", "--password", "p"],
      1,
      /cannot listen at 192\.0\.2\.1:1: this machine has no such address/,
    ],
  ])("wrong usage is said in one line: %j", async (args, code, message) => {
    const done = await fargo(["serve", ...args]);
    expect([done.code, done.stdout]).toEqual([code, ""]);
    expect(done.stderr).toMatch(message);
    expect(done.stderr).not.toContain("    at ");
  });

  test("its help, and that of the program, say what there is", async () => {
    const help = await fargo(["serve", "--help"]);
    expect([help.code, help.stderr]).toEqual([0, ""]);
    for (const word of ["--listen", "--inventory", "FARGO_PASSWORD", "./serve"]) expect(help.stdout).toContain(word);
    const all = (await fargo(["--help"])).stdout;
    for (const word of ["fargo serve", "fargo vcsim", "./serve"]) expect(all).toContain(word);
  });

  test("a script of that name is run by its path", async () => {
    writeFileSync(join(folder, "serve"), "'a script'");
    expect(await fargo(["./serve"], { cwd: folder })).toMatchObject({ code: 0, stdout: "a script\n" });
  });
});
