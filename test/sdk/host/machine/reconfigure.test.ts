import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeVersion } from "../../../../sdk/host/machine/change-version.ts";
import { extraConfigOf } from "../../../../sdk/host/machine/extra-config.ts";
import { all } from "../../../../sdk/host/state/several.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { refused, Vcenter } from "./vcenter.ts";

type Spec = vim.VirtualMachineConfigSpec;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const change = (name: string, spec: Spec) => {
  vc.vm(name, "ReconfigVM_Task", { spec });
  return vc.machine(spec.name ?? name);
};
const fault = (name: string, spec: Spec) => refused(vc, name, "ReconfigVM_Task", { spec });

describe("reconfiguring a machine", () => {
  it("changes what it says and leaves the rest", () => {
    const before = vc.machine("build-01");
    const after = change("build-01", {
      numCPUs: 8,
      annotation: "busy",
      cpuHotAddEnabled: true,
      guestId: "rhel9_64Guest",
    });
    expect(after.base).toEqual({
      ...before.base,
      numCPU: 8,
      annotation: "busy",
      guestId: "rhel9_64Guest",
      guestFullName: "Red Hat Enterprise Linux 9 (64-bit)",
      settings: { cpuHotAddEnabled: true },
    });
    expect(after.base.devices).toBe(before.base.devices);
    expect(vc.events().map(({ type }) => type)).toEqual(["VmReconfiguredEvent"]);
  });

  it("renames it; its files keep their names", () => {
    const after = change("build-01", { name: "build-02" });
    expect(after).toMatchObject({ name: "build-02", directory: "build-01" });
    expect(vc.find("Folder", "servers").names.get("build-02")).toBe(after.id);
    expect(fault("build-02", { name: "web-01" })).toMatchObject({ _typeName: "DuplicateName" });
  });

  it("sets pairs of extraConfig, and takes those away that it sets to nothing", () => {
    change("web-01", {
      extraConfig: [
        { key: "a", value: "1" },
        { key: "b", value: true },
      ],
    });
    expect(extraConfigOf(change("web-01", { extraConfig: [{ key: "a", value: "" }] }))).toEqual({ b: "true" });
    expect(extraConfigOf(change("web-01", { extraConfig: [{ key: "a", value: "2" }] }))).toEqual({ b: "true", a: "2" });
  });

  it("changes one machine and no fork of it", () => {
    vc.instantClone("golden", "desk-1");
    const golden = vc.machine("golden");
    change("desk-1", { annotation: "mine" });
    expect(vc.machine("golden")).toBe(golden);
    expect(vc.machine("desk-1").base.devices).toBe(golden.base.devices);
  });

  it("reserves no more memory than there is", () => {
    expect(fault("build-01", { memoryAllocation: { reservation: 9000 } })).toMatchObject({
      invalidProperty: "spec.memoryAllocation.reservation",
    });
  });

  it("gives it UUIDs by which it is found, and no two machines one instance UUID", () => {
    const uuid = "42000000-0000-4000-8000-000000000001";
    change("build-01", { uuid, instanceUuid: uuid });
    expect([...all(vc.state.uuids, `bios:${uuid}`)]).toEqual([vc.machine("build-01").id]);
    vc.vm("web-01", "PowerOffVM_Task", {});
    expect(fault("web-01", { instanceUuid: uuid })).toMatchObject({ invalidProperty: "spec.instanceUuid" });
    change("web-01", { uuid });
    expect([...all(vc.state.uuids, `bios:${uuid}`)]).toHaveLength(2);
    change("build-01", { uuid: "42000000-0000-4000-8000-000000000002" });
    expect([...all(vc.state.uuids, `bios:${uuid}`)]).toEqual([vc.machine("web-01").id]);
  });

  it("is refused when the machine has changed since it was read", () => {
    const version = changeVersion(vc.machine("build-01"));
    change("build-01", { changeVersion: version, annotation: "one" });
    expect(fault("build-01", { changeVersion: version, annotation: "two" })._typeName).toBe("ConcurrentAccess");
  });

  it("names what is not simulated", () => {
    expect(fault("build-01", { annotation: "x", ftEncryptionMode: "ftEncryptionRequired" }).message).toContain(
      "spec.ftEncryptionMode",
    );
    expect(fault("build-01", { files: { logDirectory: "[vmfs-01] logs" } }).message).toContain(
      "spec.files.logDirectory",
    );
    change("build-01", { files: { vmPathName: "[vmfs-01] build-01/build-01.vmx" } });
  });

  it("is refused for a template, but for its name and notes", () => {
    expect(fault("ubuntu-template", { numCPUs: 2 })._typeName).toBe("InvalidState");
    expect(change("ubuntu-template", { annotation: "new" }).base.annotation).toBe("new");
  });
});

describe("a machine that runs", () => {
  it("takes more processors and memory only where that was allowed before", () => {
    expect(fault("web-01", { numCPUs: 4 })._typeName).toBe("CpuHotPlugNotSupported");
    expect(fault("web-01", { memoryMB: 8192 })._typeName).toBe("MemoryHotPlugNotSupported");
    vc.vm("web-01", "PowerOffVM_Task", {});
    change("web-01", { cpuHotAddEnabled: true, memoryHotAddEnabled: true });
    vc.vm("web-01", "PowerOnVM_Task", {});
    vc.write("web-01", undefined, 100, "kept");
    const free = vc.free("vmfs-01");
    change("web-01", { numCPUs: 4, memoryMB: 8192 });
    expect(vc.figures("web-01")).toMatchObject({ size: 8 * 2 ** 30, private: 1 });
    expect(vc.text("web-01", undefined, 100, 4)).toBe("kept");
    // The swap file grows with it.
    expect(free - vc.free("vmfs-01")).toBe(4 * 2 ** 30);
    expect(fault("web-01", { memoryMB: 4096 })._typeName).toBe("MemoryHotPlugNotSupported");
    expect(fault("web-01", { numCPUs: 2 })._typeName).toBe("CpuHotPlugNotSupported");
  });

  it("must be off for what the firmware and the hardware are made of", () => {
    for (const spec of [
      { version: "vmx-20" },
      { guestId: "otherGuest" },
      { firmware: "efi" },
      { cpuHotAddEnabled: true },
    ])
      expect(fault("web-01", spec)).toMatchObject({
        _typeName: "InvalidPowerState",
        existingState: "poweredOn",
        requestedState: "poweredOff",
      });
  });

  it("and is suspended takes only a name, notes and extraConfig", () => {
    vc.vm("web-01", "SuspendVM_Task", {});
    expect(fault("web-01", { numCPUs: 2 })._typeName).toBe("InvalidPowerState");
    expect(change("web-01", { annotation: "asleep" }).base.annotation).toBe("asleep");
  });
});
