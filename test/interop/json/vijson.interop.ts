import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Host, startHost } from "../../../sdk/host/index.ts";

/** Govmomi's client speaks VI/JSON: a program of ours with its packages (`npm run peers` builds it), and govc itself. */
const peer = (name: string) => fileURLToPath(new URL(`../../../.peers/bin/${name}`, import.meta.url));
const missing = ["json", "govc"].filter((name) => !existsSync(peer(name)));
const why = missing.length > 0 ? ` (skipped: ${missing.join(", ")} not in .peers: npm run peers)` : "";
const run = promisify(execFile);

describe.skipIf(missing.length > 0)(`govmomi over VI/JSON${why}`, () => {
  let host: Host | undefined;
  let url = "";

  beforeAll(async () => {
    const groups = ["Administrators@vsphere.local"];
    host = await startHost({ seed: 1, users: [{ name: "administrator@vsphere.local", password: "secret", groups }] });
    const { origin } = await host.listen({ port: 0, tls: false });
    url = `${origin.replace("://", "://administrator@vsphere.local:secret@")}/sdk`;
  });
  afterAll(() => host?.close());

  const govc = async (...args: string[]): Promise<{ readonly code: number; readonly text: string }> => {
    const env = {
      ...process.env,
      GOVC_URL: url,
      GOVC_VI_JSON: "1",
      GOVC_PERSIST_SESSION: "false",
      GOVC_DATACENTER: "DC0",
    };
    try {
      const { stdout, stderr } = await run(peer("govc"), args, { env, timeout: 60_000 });
      return { code: 0, text: stdout + stderr };
    } catch (error) {
      const { stdout = "", stderr = "" } = Object(error);
      return { code: 1, text: `${stdout}${stderr}` };
    }
  };

  it("logs in, retrieves, forks, powers, waits, and is told of what fails", async () => {
    const { stdout } = await run(peer("json"), [url, "/DC0/vm/golden"], { timeout: 60_000 });
    const steps = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(steps).toEqual([
      { step: "about", value: "VirtualCenter" },
      { step: "wrong password", value: true },
      { step: "user", value: "VSPHERE.LOCAL\\administrator" },
      { step: "machines", value: 7 },
      { step: "cards", value: 7 },
      { step: "fork", value: "by-govmomi" },
      { step: "guestinfo", value: "b" },
      { step: "power on again", value: true },
      { step: "message", value: expect.stringContaining("cannot be performed") },
      { step: "state", value: "poweredOff" },
      { step: "waited", value: true },
      { step: "time", value: true },
    ]);
    expect(host?.sessions.list).toHaveLength(0);
  });

  it("is what govc speaks when it is told to", async () => {
    expect(await govc("about")).toMatchObject({
      code: 0,
      text: expect.stringContaining("API type:     VirtualCenter"),
    });
    expect((await govc("find", "/", "-type", "m")).text).toContain("/DC0/vm/golden\n");
    const clone = await govc("vm.instantclone", "-vm", "golden", "-ds", "vmfs-01", "by-govc");
    expect(clone).toMatchObject({ code: 0, text: expect.stringContaining("OK") });
    const again = await govc("vm.power", "-on", "by-govc");
    expect(again).toMatchObject({ code: 1, text: expect.stringContaining("current state (poweredOn)") });
    expect(await govc("vm.power", "-off", "by-govc")).toMatchObject({ code: 0 });
    expect(await govc("vm.change", "-vm", "by-govc", "-c", "4", "-e", "a=b")).toMatchObject({ code: 0 });
    expect((await govc("object.collect", "-s", "vm/by-govc", "config.hardware.numCPU")).text).toBe("4\n");
    expect((await govc("vm.info", "-e", "by-govc")).text).toMatch(/\ba: +b\n/);
    expect(await govc("snapshot.create", "-vm", "by-govc", "first")).toMatchObject({ code: 0 });
    expect((await govc("snapshot.tree", "-vm", "by-govc")).text).toContain("first");
    expect(await govc("vm.destroy", "by-govc")).toMatchObject({ code: 0 });
    expect((await govc("find", "/", "-type", "m")).text).not.toContain("by-govc");
  });
});
