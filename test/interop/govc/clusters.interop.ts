import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

const on = ["-cluster", "DC0_C0"];
const [first, second] = ["DC0_C0_RP0_VM0", "DC0_C0_RP0_VM1"] as const;

withPeer("govc", "govc and clusters", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const lines = async (...args: string[]) => linesOf(await lab.govc(...args));
  const config = async () => (await lab.vc.find.cluster("DC0_C0")).get("configurationEx");

  it("cluster.change: DRS and HA", async () => {
    await lab.govc("cluster.change", "-drs-enabled", "-drs-mode=partiallyAutomated", "-ha-enabled", "DC0_C0");
    expect(await config()).toMatchObject({
      drsConfig: { enabled: true, defaultVmBehavior: "partiallyAutomated" },
      dasConfig: { enabled: true },
    });
  });

  it("cluster.group.*: groups of machines and of hosts", async () => {
    await lab.govc("cluster.group.create", ...on, "-name", "vms", "-vm", first, second);
    await lab.govc("cluster.group.create", ...on, "-name", "hosts", "-host", "DC0_C0_H1");
    expect(await lines("cluster.group.ls", ...on)).toEqual(["vms", "hosts"]);
    expect(await lines("cluster.group.ls", ...on, "-name", "vms")).toEqual([first, second]);
    await lab.govc("cluster.group.change", ...on, "-name", "vms", first);
    expect(await lines("cluster.group.ls", ...on, "-name", "vms")).toEqual([first]);
    expect(await config()).toMatchObject({
      group: [
        { name: "vms", vm: [{}] },
        { name: "hosts", host: [{}] },
      ],
    });
  });

  it("cluster.rule.*: rules are made, listed, turned off and removed", async () => {
    await lab.govc("cluster.rule.create", ...on, "-name", "apart", "-enable", "-anti-affinity", first, second);
    await lab.govc(
      "cluster.rule.create",
      ...on,
      "-name",
      "near",
      "-enable",
      "-vm-host",
      "-vm-group",
      "vms",
      "-host-affine-group",
      "hosts",
    );
    expect(await lines("cluster.rule.ls", ...on, "-l")).toEqual([
      "apart (ClusterAntiAffinityRuleSpec)",
      "near (ClusterVmHostRuleInfo)",
    ]);
    expect(await lab.govc("cluster.rule.info", ...on, "-name", "apart")).toContain(`VM: ${second}`);
    await lab.govc("cluster.rule.change", ...on, "-name", "apart", "-enable=false");
    expect(await config()).toMatchObject({
      rule: [
        { name: "apart", enabled: false },
        { name: "near", enabled: true },
      ],
    });
    await lab.govc("cluster.rule.remove", ...on, "-name", "apart");
    expect(await lines("cluster.rule.ls", ...on)).toEqual(["near"]);
    const failed = await lab.run([
      "cluster.rule.create",
      ...on,
      "-name",
      "far",
      "-vm-host",
      "-vm-group",
      "none",
      "-host-affine-group",
      "hosts",
    ]);
    expect(failed.code).not.toBe(0);
    expect(failed.stderr).toContain("there is no ClusterVmGroup 'none'");
  });

  it("cluster.override.*: a machine's own automation", async () => {
    await lab.govc("cluster.override.change", ...on, "-vm", first, "-drs-mode", "manual", "-drs-enabled");
    expect(fieldsOf(await lab.govc("cluster.override.info", ...on))).toMatchObject({
      "DRS Automation Level": "Manual",
    });
    await lab.govc("cluster.override.remove", ...on, "-vm", first);
    expect((await config()) as { drsVmConfig?: unknown }).not.toHaveProperty("drsVmConfig");
  });

  it("cluster.usage, datacenter.create, datacenter.info: what there is in sum", async () => {
    const usage = (await lab.json("cluster.usage", "DC0_C0")) as { memory: { capacity: number } };
    const { totalMemory } = (await (await lab.vc.find.cluster("DC0_C0")).get("summary")) as { totalMemory: number };
    expect(usage.memory.capacity).toBe(totalMemory);
    await lab.govc("datacenter.create", "DC9");
    const info = fieldsOf(await lab.govc("datacenter.info", "DC0"));
    expect(info).toMatchObject({ Path: "/DC0", Hosts: "4", Clusters: "1", "Virtual Machines": "4" });
    expect(fieldsOf(await lab.govc("datacenter.info", "DC9"))).toMatchObject({ Hosts: "0" });
  });

  it("vm.power -M: several machines by their datacenter", async () => {
    const machine = await lab.vc.find.virtualMachine(first);
    await machine.powerOff();
    await lab.govc("vm.power", "-dc", "DC0", "-on", "-M", first);
    expect(await machine.get("runtime.powerState")).toBe("poweredOn");
  });
});
