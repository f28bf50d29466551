import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { refused, Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory: {} });
});
afterEach(() => vc.close());

const browser = (): Ref => {
  const found = vc.call(vc.ref("ClusterComputeResource", "DC0_C0"), "Fetch", { prop: "environmentBrowser" });
  return found as Ref;
};

describe("the environment of a cluster", () => {
  it("lists hardware versions, of which one is for new machines", () => {
    const found = vc.call(browser(), "QueryConfigOptionDescriptor");
    expect(found).toContainEqual(expect.objectContaining({ key: "vmx-19", defaultConfigOption: false }));
    expect(found).toContainEqual(expect.objectContaining({ key: "vmx-21", defaultConfigOption: true }));
  });

  it("says what a machine of a version can have, for the systems that are asked for", () => {
    const spec = { key: "vmx-19", guestId: ["ubuntu64Guest"] };
    expect(vc.call(browser(), "QueryConfigOptionEx", { spec })).toMatchObject({
      version: "vmx-19",
      hardwareOptions: { hwVersion: 19 },
      guestOSDescriptor: [{ id: "ubuntu64Guest", fullName: "Ubuntu Linux (64-bit)", family: "linuxGuest" }],
    });
    expect(() => vc.call(browser(), "QueryConfigOption", { key: "vmx-3" })).toThrow(/vmx-3/);
  });

  it("says what all of its hosts have, and nothing of hosts elsewhere", () => {
    expect(vc.call(browser(), "QueryConfigTarget")).toMatchObject({
      datastore: [{ name: "LocalDS_0", datastore: { datastore: vc.ref("Datastore", "LocalDS_0"), type: "VMFS" } }],
      network: [{ name: "VM Network", network: { network: vc.ref("Network", "VM Network") } }],
    });
    expect(vc.call(browser(), "QueryTargetCapabilities")).toMatchObject({ vmotionSupported: true });
    const host = vc.ref("HostSystem", "DC0_H0");
    expect(() => vc.call(browser(), "QueryConfigTarget", { host })).toThrow(/DC0_H0/);
  });
});

describe("the hardware version of a machine", () => {
  const version = () => vc.machine("DC0_H0_VM0").base.version;

  it("is upgraded while the machine is off, to the newest or to one that is asked for", () => {
    vc.vm("DC0_H0_VM0", "PowerOffVM_Task", {});
    vc.vm("DC0_H0_VM0", "ReconfigVM_Task", { spec: { version: "vmx-17" } });
    vc.vm("DC0_H0_VM0", "UpgradeVM_Task", { version: "vmx-19" });
    expect(version()).toBe("vmx-19");
    vc.vm("DC0_H0_VM0", "UpgradeVM_Task", {});
    expect(version()).toBe("vmx-21");
    expect(vc.fault("DC0_H0_VM0", "UpgradeVM_Task", {})).toMatchObject({ _typeName: "AlreadyUpgraded" });
    expect(refused(vc, "DC0_H0_VM0", "UpgradeVM_Task", { version: "vmx-17" }).message).toContain("cannot go back");
  });

  it("stays while the machine runs", () => {
    expect(vc.fault("DC0_H0_VM0", "UpgradeVM_Task", {})).toMatchObject({ _typeName: "InvalidPowerState" });
  });
});
