import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idOf, refOf } from "../../../../sdk/host/state/id.ts";
import { Caller } from "../caller.ts";
import { brokenInvariants } from "../invariants.ts";
import { LabClient } from "../lab-client.ts";

let vc: Caller;
beforeEach(() => {
  vc = Caller.start();
});
afterEach(() => {
  expect(brokenInvariants(vc.host)).toEqual([]);
  vc.close();
});

const read = (ref: { type: string; value: string }, path: string): unknown => {
  const client = new LabClient(vc.host);
  return client.get(ref as never, path);
};
const fails = (task: { error?: { fault?: object } | undefined }) => task.error?.fault;
const account = { userName: "root", password: "secret", force: true };
const clusterName = () => vc.names("ClusterComputeResource")[0] ?? "";

describe("maintenance mode", () => {
  it("moves what runs to other hosts of a cluster with DRS, with the bytes of its memory", () => {
    const machine = vc.find("VirtualMachine", "golden");
    const host = vc.host.universe.view.object(machine.host);
    if (host?.kind !== "HostSystem") throw new Error("no host");
    const before = vc.host.readBytes(vc.ref("VirtualMachine", "golden"), undefined, 0x5000, 64);
    expect(vc.task(refOf(host), "EnterMaintenanceMode_Task", { timeout: 0 }).state).toBe("success");
    const after = vc.find("VirtualMachine", "golden");
    expect(after.host).not.toBe(host.id);
    expect(after.power).toBe("poweredOn");
    expect(vc.host.readBytes(refOf(after), undefined, 0x5000, 64)).toEqual(before);
    expect(read(refOf(host), "runtime.inMaintenanceMode")).toBe(true);
    const refused = vc.task(vc.ref("VirtualMachine", "golden"), "RelocateVM_Task", { spec: { host: refOf(host) } });
    expect(fails(refused)).toMatchObject({ _typeName: "InvalidState" });
    expect(vc.task(refOf(host), "ExitMaintenanceMode_Task", { timeout: 0 }).state).toBe("success");
    expect(fails(vc.task(refOf(host), "ExitMaintenanceMode_Task", { timeout: 0 }))).toMatchObject({
      _typeName: "InvalidState",
    });
  });

  it("is refused where machines run that nothing moves, and changes nothing then", () => {
    const machine = vc.find("VirtualMachine", "golden");
    const cluster = vc.ref("ClusterComputeResource", clusterName());
    vc.task(cluster, "ReconfigureComputeResource_Task", {
      spec: { _typeName: "ClusterConfigSpecEx", drsConfig: { enabled: false } },
      modify: true,
    });
    const host = { type: "HostSystem", value: `host-${machine.host}` };
    expect(fails(vc.task(host, "EnterMaintenanceMode_Task", { timeout: 0 }))).toMatchObject({
      _typeName: "InvalidState",
    });
    expect(read(host, "runtime.inMaintenanceMode")).toBe(false);
  });
});

describe("a host's connection", () => {
  it("is given up and taken up again; its machines are disconnected meanwhile", () => {
    const { host: number } = vc.find("VirtualMachine", "golden");
    const host = { type: "HostSystem", value: `host-${number}` };
    vc.task(host, "DisconnectHost_Task");
    expect(read(host, "runtime.connectionState")).toBe("disconnected");
    expect(read(vc.ref("VirtualMachine", "golden"), "runtime.connectionState")).toBe("disconnected");
    expect(fails(vc.task(host, "EnterMaintenanceMode_Task", { timeout: 0 }))).toMatchObject({
      _typeName: "HostNotConnected",
    });
    expect(fails(vc.task(host, "ReconnectHost_Task", { cnxSpec: { ...account, password: "" } }))).toMatchObject({
      _typeName: "InvalidLogin",
    });
    vc.task(host, "ReconnectHost_Task");
    expect(read(host, "runtime.connectionState")).toBe("connected");
  });

  it("is asked for by name, and described", () => {
    const [name = ""] = vc.names("HostSystem");
    const datacenter = vc.ref("Datacenter", "DC0");
    const ask = { hostname: name, port: 443, username: "root", password: "x" };
    expect(vc.call(datacenter, "QueryConnectionInfo", ask)).toMatchObject({ host: { config: { name } } });
    expect(vc.fault(datacenter, "QueryConnectionInfo", { ...ask, hostname: "nobody" })._typeName).toBe("NoHost");
    expect(vc.fault(datacenter, "QueryConnectionInfo", { ...ask, password: "" })._typeName).toBe("InvalidLogin");
  });
});

describe("hosts that come and go", () => {
  it("are added to a cluster with a datastore of their own, run machines, and leave when nothing is on them", () => {
    const cluster = vc.ref("ClusterComputeResource", clusterName());
    const spec = { ...account, hostName: "esx-new.lab.local" };
    const added = vc.task(cluster, "AddHost_Task", { spec, asConnected: true });
    expect(added.state).toBe("success");
    const host = vc.ref("HostSystem", "esx-new.lab.local");
    expect(vc.find("Datastore", "datastore1").hosts.has(vc.find("HostSystem", "esx-new.lab.local").id)).toBe(true);
    expect(read(cluster, "host")).toContainEqual(host);
    expect(fails(vc.task(cluster, "AddHost_Task", { spec, asConnected: true }))).toMatchObject({
      _typeName: "AlreadyConnected",
    });
    expect(fails(vc.task(host, "Destroy_Task"))).toMatchObject({ _typeName: "InvalidState" });
    vc.task(host, "EnterMaintenanceMode_Task", { timeout: 0 });
    expect(vc.task(host, "Destroy_Task").state).toBe("success");
    expect(vc.names("HostSystem")).not.toContain("esx-new.lab.local");
    expect(vc.names("Datastore")).not.toContain("datastore1");
  });

  it("stand alone, and move into a cluster with what runs on them", () => {
    const { folders } = vc.find("Datacenter", "DC0");
    const folder = { type: "Folder", value: `group-h${folders.h}` };
    const spec = { ...account, hostName: "esx-alone" };
    const { result } = vc.task(folder, "AddStandaloneHost_Task", { spec, addConnected: true });
    expect(result).toMatchObject({ type: "ComputeResource" });
    const compute = vc.find("ComputeResource", "esx-alone");
    const config = { name: "small", files: { vmPathName: "[datastore1]" }, memoryMB: 64, numCPUs: 1 };
    const pool = { type: "ResourcePool", value: `resgroup-${compute.pool}` };
    const vmFolder = { type: "Folder", value: `group-v${folders.v}` };
    vc.task(vmFolder, "CreateVM_Task", { config, pool });
    vc.task(vc.ref("VirtualMachine", "small"), "PowerOnVM_Task");
    const cluster = vc.find("ClusterComputeResource", clusterName());
    const host = vc.ref("HostSystem", "esx-alone");
    expect(vc.task(refOf(cluster), "MoveInto_Task", { host: [host] }).state).toBe("success");
    expect(vc.find("VirtualMachine", "small")).toMatchObject({ power: "poweredOn", pool: cluster.pool });
    expect(vc.names("ComputeResource")).not.toContain("esx-alone");
  });
});

describe("a cluster's configuration", () => {
  const change = (more: object) =>
    vc.task(vc.ref("ClusterComputeResource", clusterName()), "ReconfigureComputeResource_Task", {
      spec: { _typeName: "ClusterConfigSpecEx", ...more },
      modify: true,
    });

  it("keeps groups and rules, and checks what they name", () => {
    const vms = ["golden", "web-01"].map((name) => vc.ref("VirtualMachine", name));
    const vmGroup = { _typeName: "ClusterVmGroup", name: "vms", vm: vms };
    const hostGroup = {
      _typeName: "ClusterHostGroup",
      name: "hosts",
      host: [vc.ref("HostSystem", "esx-01.lab.local")],
    };
    change({ groupSpec: [vmGroup, hostGroup].map((info) => ({ operation: "add", info })) });
    const rule = { _typeName: "ClusterAntiAffinityRuleSpec", name: "apart", vm: vms };
    expect(change({ rulesSpec: [{ operation: "add", info: rule }] }).state).toBe("success");
    const near = { _typeName: "ClusterVmHostRuleInfo", name: "near", vmGroupName: "vms", affineHostGroupName: "hosts" };
    expect(change({ rulesSpec: [{ operation: "add", info: near }] }).state).toBe("success");
    const cluster = vc.ref("ClusterComputeResource", clusterName());
    expect(read(cluster, "configurationEx")).toMatchObject({
      rule: [
        { key: 1, name: "apart", enabled: true },
        { key: 2, name: "near" },
      ],
      group: [{ name: "vms" }, { name: "hosts" }],
    });
    const [vm] = vms;
    expect(vc.call(cluster, "FindRulesForVm", { vm })).toMatchObject([{ name: "apart" }, { name: "near" }]);
    for (const info of [
      { ...rule, name: "one", vm: vms.slice(1) },
      { ...near, name: "far", affineHostGroupName: "nobody" },
      { ...rule },
    ])
      expect(fails(change({ rulesSpec: [{ operation: "add", info }] }))).toMatchObject({
        _typeName: "InvalidArgument",
      });
    expect(change({ rulesSpec: [{ operation: "remove", removeKey: 1 }] }).state).toBe("success");
    expect(vc.call(cluster, "FindRulesForVm", { vm })).toMatchObject([{ name: "near" }]);
  });

  it("recommends the hosts that a machine can run on, as its rules allow", () => {
    const cluster = vc.ref("ClusterComputeResource", clusterName());
    const vm = vc.ref("VirtualMachine", "web-01");
    const hosts = vc.call(cluster, "RecommendHostsForVm", { vm });
    expect(hosts).toHaveLength(vc.find("ClusterComputeResource", clusterName()).hosts.size);
    const group = { _typeName: "ClusterHostGroup", name: "hosts", host: [vc.ref("HostSystem", "esx-02.lab.local")] };
    change({
      groupSpec: [group, { _typeName: "ClusterVmGroup", name: "vms", vm: [vm] }].map((info) => ({
        operation: "add",
        info,
      })),
      rulesSpec: [
        {
          operation: "add",
          info: { _typeName: "ClusterVmHostRuleInfo", name: "near", vmGroupName: "vms", affineHostGroupName: "hosts" },
        },
      ],
    });
    expect(vc.call(cluster, "RecommendHostsForVm", { vm })).toMatchObject([
      { host: { value: idOf(vc.find("HostSystem", "esx-02.lab.local")) } },
    ]);
    expect(vc.call(cluster, "PlaceVm", { placementSpec: { vm } })).toMatchObject({
      recommendations: [{ action: [{ targetHost: { value: idOf(vc.find("HostSystem", "esx-02.lab.local")) } }] }],
    });
  });

  it("powers several machines on at once, and says which could not be", () => {
    const names = ["golden", "web-01"];
    const vm = names.map((name) => vc.ref("VirtualMachine", name));
    vc.task(vm[1], "PowerOffVM_Task");
    const { result } = vc.task(vc.ref("Datacenter", "DC0"), "PowerOnMultiVM_Task", { vm });
    expect(result).toMatchObject({ attempted: [{ vm: vm[1] }], notAttempted: [{ vm: vm[0] }] });
    expect(vc.find("VirtualMachine", "web-01").power).toBe("poweredOn");
  });
});

describe("a host's services", () => {
  const managers = () =>
    read(vc.ref("HostSystem", "esx-01.lab.local"), "configManager") as Record<string, { type: string; value: string }>;

  it("are started, stopped and told when to start", () => {
    const { serviceSystem = { type: "", value: "" } } = managers();
    vc.call(serviceSystem, "StartService", { id: "TSM-SSH" });
    vc.call(serviceSystem, "UpdateServicePolicy", { id: "TSM-SSH", policy: "on" });
    expect(read(serviceSystem, "serviceInfo.service")).toContainEqual(
      expect.objectContaining({ key: "TSM-SSH", running: true, policy: "on" }),
    );
    expect(vc.fault(serviceSystem, "StartService", { id: "TSM-SSH" })._typeName).toBe("InvalidState");
    expect(vc.fault(serviceSystem, "StopService", { id: "nothing" })._typeName).toBe("NotFound");
    expect(vc.fault(serviceSystem, "UpdateServicePolicy", { id: "ntpd", policy: "never" })._typeName).toBe(
      "InvalidArgument",
    );
  });

  it("open and close the firewall, keep the time and the start order", () => {
    const { firewallSystem, dateTimeSystem, autoStartManager } = managers();
    vc.call(firewallSystem, "EnableRuleset", { id: "syslog" });
    expect(read(firewallSystem as never, "firewallInfo.ruleset")).toContainEqual(
      expect.objectContaining({ key: "syslog", enabled: true }),
    );
    expect(vc.fault(firewallSystem, "DisableRuleset", { id: "dns" })._typeName).toBe("HostConfigFault");
    vc.call(dateTimeSystem, "UpdateDateTimeConfig", { config: { ntpConfig: { server: ["pool.ntp.org"] } } });
    expect(read(dateTimeSystem as never, "dateTimeInfo.ntpConfig.server")).toEqual(["pool.ntp.org"]);
    const golden = vc.find("VirtualMachine", "golden");
    const elsewhere = vc.names("HostSystem").find((name) => vc.find("HostSystem", name).id !== golden.host) ?? "";
    const powerInfo = [
      {
        key: refOf(golden),
        startOrder: 1,
        startDelay: -1,
        waitForHeartbeat: "systemDefault",
        startAction: "powerOn",
        stopDelay: -1,
        stopAction: "powerOff",
      },
    ];
    const there = { type: "HostAutoStartManager", value: `autoStartManager-${golden.host}` };
    vc.call(there, "ReconfigureAutostart", { spec: { powerInfo } });
    vc.call(there, "AutoStartPowerOff");
    expect(vc.find("VirtualMachine", "golden").power).toBe("poweredOff");
    vc.call(there, "AutoStartPowerOn");
    expect(vc.find("VirtualMachine", "golden").power).toBe("poweredOn");
    const other = { ...there, value: `autoStartManager-${vc.find("HostSystem", elsewhere).id}` };
    expect(vc.fault(other, "ReconfigureAutostart", { spec: { powerInfo } })._typeName).toBe("InvalidArgument");
    expect(autoStartManager).toBeDefined();
  });
});
