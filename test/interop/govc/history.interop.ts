import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { type Lab, linesOf, startLab } from "./lab.ts";

withPeer("govc", "govc with events, tasks and sessions", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    await lab.govc("vm.power", "-off", "DC0_H0_VM0");
    await lab.govc("vm.power", "-on", "DC0_H0_VM0");
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const lines = async (...args: string[]) => linesOf(await lab.govc(...args));

  it("events: of everything and of one object, by type, as JSON", async () => {
    const told = await lines("events", "-l", "vm/DC0_H0_VM0");
    expect(told.map((line) => /\[(\w+Event)\]/.exec(line)?.[1])).toEqual(
      expect.arrayContaining(["VmPoweredOffEvent", "VmStartingEvent", "VmPoweredOnEvent"]),
    );
    const off = await lines("events", "-type", "VmPoweredOffEvent", "vm");
    expect(off).toHaveLength(1);
    expect(off[0]).toMatch(/\[info\] DC0_H0_VM0 on +DC0_H0 in DC0 is powered off|DC0_H0_VM0 on DC0_H0 in DC0 /);
    const { stdout } = await lab.run(["events", "-json", "-n", "1", "vm/DC0_H0_VM0"]);
    expect(JSON.parse(stdout)).toMatchObject({ message: expect.stringContaining("DC0_H0_VM0") });
    expect(await lines("events", "vm/DC0_H0_VM1")).toEqual([""]);
  });

  it("tasks: what ran, on what, and how it ended", async () => {
    const rows = await lines("tasks", "-r", "vm/DC0_H0_VM0");
    expect(rows[0]).toMatch(/^Task +Target +Initiator/);
    expect(rows.slice(1).map((row) => row.split(/ {2,}/).slice(0, 2))).toEqual(
      [
        ["PowerOffVM", "DC0_H0_VM0"],
        ["PowerOnVM", "DC0_H0_VM0"],
      ].map((start) => expect.arrayContaining(start)),
    );
    expect(rows[1]).toContain("success");
  });

  it("task.cancel: what is under way ends, what has ended is refused", async () => {
    await using slow = await startLab({ inventory: {}, clock: "real" });
    const pool = ["-pool", "/DC0/host/DC0_H0/Resources"];
    const manager = slow.vc.content.taskManager;
    const cloneTask = async (): Promise<string | undefined> => {
      if (!manager) return undefined;
      const [row] = await slow.vc.retrieve([manager], ["recentTask"]);
      const tasks = await slow.vc.retrieve(row?.recentTask ?? [], ["info.descriptionId"]);
      return tasks.find((task) => task["info.descriptionId"] === "VirtualMachine.clone")?.ref.value;
    };
    const cloning = slow.run(["vm.clone", "-vm", "DC0_H0_VM0", ...pool, "-on=false", "copy"]);
    let task: string | undefined;
    let ended = false;
    void cloning.then(() => {
      ended = true;
    });
    while (!task && !ended) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      task = await cloneTask();
    }
    if (!task) throw new Error(JSON.stringify(await cloning));
    await slow.govc("task.cancel", task);
    const { code, stderr, stdout } = await cloning;
    expect(code).toBe(1);
    expect(stderr + stdout).toMatch(/cancel/i);
    expect(await slow.refused("task.cancel", task)).toContain("finished");
    expect(await slow.govc("find", "vm", "-name", "copy")).toBe("");
  });

  it("session.ls, session.login, session.logout, session.rm", async () => {
    const rows = await lines("session.ls");
    expect(rows[0]).toMatch(/^Key +Name +Created +Idle +Host +Agent/);
    expect(rows.slice(1).some((row) => /VSPHERE\.LOCAL\\administrator .* govc\//i.test(row))).toBe(true);
    const cookie = (await lab.govc("session.login", "-l")).trim();
    expect(cookie).toMatch(/^[0-9a-f]{40,}$/);
    const withCookie = await lab.run(["session.login", "-cookie", cookie], {
      env: { GOVC_USERNAME: "", GOVC_PASSWORD: "" },
    });
    expect(withCookie.code, withCookie.stderr).toBe(0);
    const wrong = await lab.run(["about"], { env: { GOVC_PASSWORD: "wrong", GOVC_PERSIST_SESSION: "false" } });
    expect(wrong.stderr).toMatch(/incorrect user name or password/i);
    const other = await lab.run(["session.login"], { env: { GOVMOMI_HOME: `${lab.directory}/other` } });
    expect(other.code).toBe(0);
    const keys = (await lines("session.ls")).slice(1).map((row) => row.split(/ /)[0] ?? "");
    expect(keys.length).toBeGreaterThan(rows.length - 1);
    await lab.govc("session.rm", keys.at(-1) ?? "");
    expect((await lines("session.ls")).some((row) => row.startsWith(keys.at(-1) ?? "none"))).toBe(false);
    await lab.govc("session.logout");
    expect(await lab.refused("session.rm", "none")).toContain("none");
  });
});
