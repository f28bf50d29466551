import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refOf } from "../../../../sdk/host/state/id.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { faultOf, Vcenter } from "../machine/vcenter.ts";
import { expectPorts, fetch, inventory, moveCard, theSwitch } from "./fixture.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory });
});
afterEach(() => {
  expectPorts(vc);
  vc.close();
});

const system = (host = "H1") =>
  ({ type: "HostNetworkSystem", value: `networkSystem-${vc.find("HostSystem", host).id}` }) as const;
const call = (method: string, args: object, host?: string) => vc.call(system(host), method, args);
const info = (host?: string) => fetch(vc, system(host), "networkInfo") as vim.HostNetworkInfo;
const group = (name: string, more: object = {}) => ({
  portgrp: { name, vlanId: 0, vswitchName: "vSwitch0", policy: {}, ...more },
});
const groups = (host?: string) => info(host).portgroup?.map(({ spec }) => spec.name);

describe("the networks of a host", () => {
  it("are on a standard switch at first, beside that of the host itself", () => {
    expect(fetch(vc, vc.ref("HostSystem", "H1"), "configManager.networkSystem")).toEqual(system());
    expect(info()).toMatchObject({
      vswitch: [{ name: "vSwitch0", mtu: 1500, pnic: ["key-vim.host.PhysicalNic-vmnic0"] }],
      pnic: [{ device: "vmnic0" }, { device: "vmnic1" }, { device: "vmnic2" }, { device: "vmnic3" }],
      vnic: [{ device: "vmk0", portgroup: "Management Network" }],
      proxySwitch: [{ dvsName: "DVS0" }],
    });
    expect(groups()).toEqual(["VM Network", "Management Network"]);
    expect(info("H3").proxySwitch).toBeUndefined();
    expect(fetch(vc, vc.ref("HostSystem", "H1"), "config.network.vswitch")).toEqual(info().vswitch);
  });

  it("get port groups, which are Networks of the hosts that have them", () => {
    call("AddPortGroup", group("lab", { vlanId: 7 }));
    call("AddPortGroup", group("lab"), "H2");
    expect([...vc.find("Network", "lab").hosts.keys()]).toEqual([
      vc.find("HostSystem", "H1").id,
      vc.find("HostSystem", "H2").id,
    ]);
    expect(groups()).toEqual(["VM Network", "Management Network", "lab"]);
    expect(groups("H3")).toEqual(["VM Network", "Management Network"]);
    expect(info().portgroup?.at(-1)).toMatchObject({
      spec: { vlanId: 7 },
      computedPolicy: { security: { macChanges: false } },
    });
    const change = {
      deviceChange: [moveCard({ _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "lab" }, 4001)],
    };
    vc.vm("web", "ReconfigVM_Task", { spec: change });
    expect(fetch(vc, vc.ref("Network", "lab"), "vm")).toEqual([refOf(vc.machine("web"))]);
    expect(faultOf(() => call("RemovePortGroup", { pgName: "lab" }, "H2"))).toMatchObject({
      _typeName: "ResourceInUse",
    });
    call("RemovePortGroup", { pgName: "lab" });
    expect([...vc.find("Network", "lab").hosts.keys()]).toEqual([vc.find("HostSystem", "H2").id]);
  });

  it("lose a Network with the last port group of its name", () => {
    call("AddPortGroup", group("lab"));
    const { id } = vc.find("Network", "lab");
    call("RemovePortGroup", { pgName: "lab" });
    expect(vc.state.objects.get(id)).toBeUndefined();
    expect(vc.find("Datacenter", "DC").networks.has(id)).toBe(false);
    expect(vc.find("ClusterComputeResource", "C").networks.has(id)).toBe(false);
  });

  it("are changed: VLAN, policy, name", () => {
    call("AddPortGroup", group("lab"));
    const policy = { security: { allowPromiscuous: true } };
    call("UpdatePortGroup", { pgName: "lab", ...group("lab2", { vlanId: 4095, policy }) });
    expect(groups()).toEqual(["VM Network", "Management Network", "lab2"]);
    expect(info().portgroup?.at(-1)).toMatchObject({
      spec: { vlanId: 4095 },
      computedPolicy: { security: { allowPromiscuous: true, forgedTransmits: false } },
    });
    expect(() => vc.find("Network", "lab")).toThrow();
    vc.call(vc.ref("Network", "lab2"), "Rename_Task", { newName: "lab3" });
    expect(groups()?.at(-1)).toBe("lab3");
  });

  it("have switches that come and go with their port groups", () => {
    call("AddVirtualSwitch", {
      vswitchName: "vSwitch1",
      spec: { numPorts: 64, mtu: 9000, bridge: { _typeName: "HostVirtualSwitchBondBridge", nicDevice: ["vmnic1"] } },
    });
    call("AddPortGroup", group("lab", { vswitchName: "vSwitch1" }));
    expect(info().vswitch?.at(-1)).toMatchObject({
      name: "vSwitch1",
      numPorts: 64,
      mtu: 9000,
      portgroup: ["key-vim.host.PortGroup-lab"],
    });
    call("UpdateVirtualSwitch", { vswitchName: "vSwitch1", spec: { numPorts: 128 } });
    expect(info().vswitch?.at(-1)).toMatchObject({ numPorts: 128, mtu: 9000 });
    call("RemoveVirtualSwitch", { vswitchName: "vSwitch1" });
    expect(groups()).toEqual(["VM Network", "Management Network"]);
    expect(info().vswitch).toHaveLength(1);
    call("RefreshNetworkSystem", {});
  });

  it("refuse what is there, what is not, and what is in use", () => {
    const wrong = (method: string, args: object) => faultOf(() => call(method, args))._typeName;
    expect(wrong("AddPortGroup", group("VM Network"))).toBe("AlreadyExists");
    expect(wrong("AddPortGroup", group("x", { vswitchName: "vSwitch7" }))).toBe("NotFound");
    expect(wrong("AddPortGroup", group("x", { vlanId: 5000 }))).toBe("InvalidArgument");
    expect(wrong("AddPortGroup", group("pg-a"))).toBe("DuplicateName");
    expect(wrong("RemovePortGroup", { pgName: "x" })).toBe("NotFound");
    expect(wrong("RemovePortGroup", { pgName: "Management Network" })).toBe("ResourceInUse");
    expect(wrong("AddVirtualSwitch", { vswitchName: "vSwitch0" })).toBe("AlreadyExists");
    expect(wrong("RemoveVirtualSwitch", { vswitchName: "vSwitch0" })).toBe("ResourceInUse");
    const bridge = (device: string) => ({ _typeName: "HostVirtualSwitchBondBridge", nicDevice: [device] });
    const taken = { vswitchName: "v", spec: { numPorts: 8, bridge: bridge("vmnic0") } };
    expect(wrong("AddVirtualSwitch", taken)).toBe("ResourceInUse");
    expect(wrong("AddVirtualSwitch", { vswitchName: "v", spec: { numPorts: 8, bridge: bridge("vmnic9") } })).toBe(
      "NotFound",
    );
    expect(wrong("AddVirtualNic", { portgroup: "x", nic: {} })).toBe("NotSupported");
    const pnicSpec = [{ pnicDevice: "vmnic0" }];
    const backing = { _typeName: "DistributedVirtualSwitchHostMemberPnicBacking", pnicSpec };
    const spec = { host: [{ operation: "add", host: vc.ref("HostSystem", "H3"), backing }] };
    expect(faultOf(() => vc.call(refOf(theSwitch(vc)), "ReconfigureDvs_Task", { spec }))._typeName).toBe(
      "ResourceInUse",
    );
  });

  it("are those of an ESXi, too", () => {
    const esx = new Vcenter({ flavour: "esx" });
    const host = { type: "HostSystem", value: "ha-host" } as const;
    const own = fetch(esx, host, "configManager.networkSystem") as ReturnType<typeof system>;
    esx.call(own, "AddPortGroup", group("lab"));
    expect(fetch(esx, host, "network")).toEqual([
      { type: "Network", value: "HaNetwork-VM Network" },
      { type: "Network", value: expect.stringMatching(/^HaNetwork-lab-\d+$/) },
    ]);
    esx.close();
  });
});
