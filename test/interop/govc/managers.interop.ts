import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

const machine = "/DC0/vm/DC0_H0_VM0";
const key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";

withPeer("govc", "govc and what a vCenter keeps for all", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const lines = async (...args: string[]) => linesOf(await lab.govc(...args));
  const rows = async (...args: string[]) => (await lines(...args)).map((line) => line.trim().split(/ {2,}/));

  it("fields.*: custom fields and their values", async () => {
    const number = (await lab.govc("fields.add", "-type", "VirtualMachine", "owner")).trim();
    expect(await rows("fields.ls")).toEqual([[number, "owner", "VirtualMachine"]]);
    await lab.govc("fields.set", "owner", "me", machine);
    const found = await lab.vc.find.virtualMachine("DC0_H0_VM0");
    expect(await found.get("customValue")).toMatchObject([{ key: Number(number), value: "me" }]);
    expect((await lab.govc("fields.info", machine)).replace(/ +/g, " ")).toContain("me");
    await lab.govc("fields.rename", "owner", "keeper");
    expect(await rows("fields.ls")).toEqual([[number, "keeper", "VirtualMachine"]]);
    expect(await lab.refused("fields.add", "-type", "VirtualMachine", "keeper")).toContain("already exists");
    await lab.govc("fields.rm", "keeper");
    expect((await lab.govc("fields.ls")).trim()).toBe("");
  });

  it("option.ls and option.set: texts, numbers and switches", async () => {
    await lab.govc("option.set", "event.maxAge", "60");
    await lab.govc("option.set", "event.maxAgeEnabled", "false");
    await lab.govc("option.set", "VirtualCenter.InstanceName", "mine");
    expect(fieldsOf(await lab.govc("option.ls", "event."))).toEqual({
      "event.maxAge": "60",
      "event.maxAgeEnabled": "false",
    });
    const { setting } = lab.vc.content;
    expect(
      setting &&
        (await lab.host.call(lab.host.connect({ loggedIn: true, userAgent: "test" }), setting, "QueryOptions", {
          name: "VirtualCenter.InstanceName",
        })),
    ).toMatchObject([{ value: "mine" }]);
    expect(await lab.refused("option.ls", "no.such")).toContain("no.such");
  });

  it("license.*: keys are added, labelled, assigned and removed", async () => {
    await lab.govc("license.add", key);
    expect(await rows("license.ls")).toContainEqual([key, "esx.enterprisePlus.cpuPackage", "0", "0"]);
    await lab.govc("license.label.set", key, "team", "a");
    await lab.govc("license.assign", "-host", "DC0_H0", key);
    expect((await rows("license.assigned.ls")).find((row) => row[2] === "DC0_H0")?.[3]).toBe(key);
    expect(await rows("license.decode", key)).toContainEqual([key, "esx.enterprisePlus.cpuPackage", "1", "0"]);
    expect(await lab.refused("license.remove", key)).toContain("assigned");
    await lab.govc("license.assign", "-host", "DC0_H0", "-remove", key);
    await lab.govc("license.remove", key);
    expect(await lab.govc("license.ls")).not.toContain(key);
    expect(await lab.refused("license.add", "no-key")).toContain("licenseKey");
  });

  it("role.* and permissions.*: who may do what", async () => {
    await lab.govc("role.create", "starter", "VirtualMachine.Interact.PowerOn");
    await lab.govc("role.update", "-a", "starter", "VirtualMachine.Interact.PowerOff");
    expect(await lines("role.ls", "starter")).toEqual(
      expect.arrayContaining(["VirtualMachine.Interact.PowerOn", "VirtualMachine.Interact.PowerOff"]),
    );
    await lab.govc(
      "permissions.set",
      "-principal",
      "joe@vsphere.local",
      "-role",
      "starter",
      "-propagate=false",
      "/DC0",
    );
    expect(await rows("permissions.ls", "/DC0")).toContainEqual(["starter", "/DC0", "VSPHERE.LOCAL\\joe", "No"]);
    expect(await rows("role.usage", "starter")).toContainEqual(["starter", "/DC0", "VSPHERE.LOCAL\\joe", "No"]);
    expect(await lab.refused("role.remove", "starter")).toContain("used");
    await lab.govc("permissions.remove", "-principal", "joe@vsphere.local", "/DC0");
    await lab.govc("role.remove", "starter");
    expect(await lab.govc("role.ls")).not.toContain("starter");
  });

  it("metric.ls, metric.info, metric.sample, metric.interval.info: counters", async () => {
    expect(await lines("metric.ls", machine)).toContain("mem.consumed.average");
    expect(fieldsOf(await lab.govc("metric.info", machine, "mem.consumed.average"))).toMatchObject({
      Name: "mem.consumed.average",
      Group: "Memory",
      Unit: "KB",
    });
    const [sample] = await rows("metric.sample", machine, "mem.consumed.average");
    const found = await lab.vc.find.virtualMachine("DC0_H0_VM0");
    expect(sample).toEqual([
      "DC0_H0_VM0",
      "-",
      "mem.consumed.average",
      String((await found.memory.figures()).mapped / 1024),
      "KB",
    ]);
    expect(await lab.govc("metric.interval.info")).toContain("Past day");
  });

  it("logs.ls and logs: what has happened, line by line", async () => {
    expect(await rows("logs.ls")).toEqual([["vpxd:vpxd.log", "vpxd.log"]]);
    await (await lab.vc.find.virtualMachine("DC0_H0_VM1")).powerOff();
    expect((await lines("logs", "-n", "1")).at(-1)).toContain("DC0_H0_VM1 on DC0_H0 in DC0 was powered off");
  });

  it("extension.info, session.ls, customization of a machine that is not there", async () => {
    expect((await lab.govc("extension.info")).trim()).toBe("");
    expect(await lab.govc("session.ls")).toContain("VSPHERE.LOCAL\\administrator");
    expect(await lab.refused("vm.customize", "-vm", machine, "no-such-spec")).toContain("no-such-spec");
  });
});
