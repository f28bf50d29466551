import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeVersion } from "../../../../sdk/host/machine/change-version.ts";
import { devicesOf } from "../../../../sdk/host/machine/devices.ts";
import { extraConfigOf } from "../../../../sdk/host/machine/extra-config.ts";
import { all } from "../../../../sdk/host/state/several.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { refused, Vcenter } from "./vcenter.ts";

type Spec = vim.VirtualMachineConfigSpec;
type Change = vim.VirtualDeviceConfigSpec;
const page = 4096;

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
const devices = (name: string, ...deviceChange: Change[]) => change(name, { deviceChange });
const deviceFault = (name: string, ...deviceChange: Change[]) => fault(name, { deviceChange });

const flat = (fileName = "", thinProvisioned = true): vim.VirtualDiskFlatVer2BackingInfo => ({
  _typeName: "VirtualDiskFlatVer2BackingInfo",
  fileName,
  diskMode: "persistent",
  thinProvisioned,
});
const newDisk = (capacityInKB: number, backing = flat()): Change => ({
  operation: "add",
  fileOperation: "create",
  device: { _typeName: "VirtualDisk", key: -1, controllerKey: 1000, capacityInKB, backing },
});
const disk = (key: number, capacityInKB: number): vim.VirtualDisk => ({
  _typeName: "VirtualDisk",
  key,
  capacityInKB,
  backing: flat(),
});

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

describe("a machine's disks", () => {
  it("can be added, at the first free place, while it runs", () => {
    const after = devices("web-01", newDisk(1024), newDisk(2048));
    expect(after.disks.map(({ key }) => key)).toEqual([2000, 2001, 2002]);
    vc.write("web-01", 2002, 0, "here");
    expect(vc.text("web-01", 2002, 0, 4)).toBe("here");
    expect(
      deviceFault("web-01", {
        operation: "add",
        fileOperation: "create",
        device: { _typeName: "VirtualDisk", key: -1, controllerKey: 200, capacityInKB: 1024, backing: flat() },
      })._typeName,
    ).toBe("DeviceHotPlugNotSupported");
  });

  it("grow and do not shrink", () => {
    vc.write("build-01", 0, 0, "kept");
    const after = devices("build-01", { operation: "edit", device: disk(2000, 80 * 2 ** 20) });
    expect(vc.pages.figures(after.disks[0]?.space ?? 0).size).toBe(80 * 2 ** 30);
    expect(vc.text("build-01", 0, 0, 4)).toBe("kept");
    vc.write("build-01", 0, 80 * 2 ** 30 - 4, "last");
    expect(deviceFault("build-01", { operation: "edit", device: disk(2000, 1024) })).toMatchObject({
      _typeName: "InvalidDeviceSpec",
      property: "spec.deviceChange[0].device.capacityInKB",
    });
  });

  it("take what they grow by from the datastore at once when they are thick", () => {
    devices("build-01", newDisk(2 ** 20, flat("", false)));
    const free = vc.free("vmfs-01");
    devices("build-01", { operation: "edit", device: disk(2001, 3 * 2 ** 20) });
    expect(free - vc.free("vmfs-01")).toBe(2 * 2 ** 30);
  });

  it("cannot grow while others are based on them or they on others", () => {
    vc.instantClone("golden", "desk-1");
    for (const name of ["golden", "desk-1"])
      expect(deviceFault(name, { operation: "edit", device: disk(2000, 80 * 2 ** 20) })).toMatchObject({
        _typeName: "InvalidDeviceOperation",
      });
  });

  it("go with their bytes when they are removed and destroyed", () => {
    devices("web-01", newDisk(1024));
    const { unique } = vc.pages;
    const free = vc.free("vmfs-01");
    vc.write("web-01", 2001, 0, new Uint8Array(5 * page).fill(1));
    const after = devices("web-01", { operation: "remove", fileOperation: "destroy", device: disk(2001, 1024) });
    expect([after.disks.length, vc.pages.unique]).toEqual([1, unique]);
    expect(vc.free("vmfs-01")).toBeGreaterThan(free);
  });

  it("stay on the datastore when they are only removed, and can be added to another machine", () => {
    devices("web-01", newDisk(1024));
    vc.write("web-01", 2001, 0, "carried over");
    const free = vc.free("vmfs-01");
    devices("web-01", { operation: "remove", device: disk(2001, 1024) });
    expect(vc.free("vmfs-01")).toBe(free);
    const device: vim.VirtualDisk = {
      ...disk(-1, 0),
      controllerKey: 1000,
      backing: flat("[vmfs-01] web-01/web-01_1.vmdk"),
    };
    const after = devices("web-02", { operation: "add", device });
    expect(vc.text("web-02", 2001, 0, 12)).toBe("carried over");
    expect(devicesOf(after).find(({ key }) => key === 2001)).toMatchObject({ capacityInBytes: 2 ** 20 });
    expect(deviceFault("build-01", { operation: "add", device })._typeName).toBe("FileNotFound");
    // It lies in the directory of a machine that goes, and takes it along when it goes itself.
    vc.vm("web-01", "PowerOffVM_Task", {});
    vc.vm("web-01", "Destroy_Task", {});
    expect(vc.text("web-02", 2001, 0, 12)).toBe("carried over");
    expect(vc.find("Datastore", "vmfs-01").directories.has("web-01")).toBe(true);
    devices("web-02", { operation: "remove", fileOperation: "destroy", device: disk(2001, 1024) });
    expect(vc.find("Datastore", "vmfs-01").directories.has("web-01")).toBe(false);
  });
});

describe("a machine's other devices", () => {
  const card = (key: number, deviceName: string, more: object = {}): vim.VirtualVmxnet3 => ({
    _typeName: "VirtualVmxnet3",
    key,
    backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName },
    ...more,
  });

  it("move between networks, which know who is on them", () => {
    const { id } = vc.machine("web-01");
    devices("web-01", { operation: "edit", device: card(4000, "desktops") });
    expect([vc.find("Network", "desktops").vms.has(id), vc.find("Network", "servers").vms.has(id)]).toEqual([
      true,
      false,
    ]);
    devices("web-01", {
      operation: "add",
      device: card(-1, "servers", { addressType: "manual", macAddress: "00:50:56:01:02:0A" }),
    });
    expect(devicesOf(vc.machine("web-01")).find(({ key }) => key === 4001)).toMatchObject({
      macAddress: "00:50:56:01:02:0a",
    });
    devices("web-01", { operation: "remove", device: card(4000, "") });
    expect([vc.find("Network", "desktops").vms.has(id), vc.find("Network", "servers").vms.has(id)]).toEqual([
      false,
      true,
    ]);
  });

  it("keep an address set by hand, which forks do not get", () => {
    devices("web-01", {
      operation: "edit",
      device: card(4000, "servers", { addressType: "manual", macAddress: "00:50:56:01:02:03" }),
    });
    const copy = vc.instantClone("web-01", "copy");
    expect(devicesOf(copy).find(({ key }) => key === 4000)).not.toHaveProperty("macAddress");
    const device = card(4000, "servers", { addressType: "manual", macAddress: "00:50:56:01:02:04" });
    const chosen = vc.instantClone("web-01", "chosen", { location: { deviceChange: [{ operation: "edit", device }] } });
    expect(devicesOf(chosen).find(({ key }) => key === 4000)).toMatchObject({ macAddress: "00:50:56:01:02:04" });
    // Sent back as it was read, an address that was assigned is not taken for one set by hand.
    const read = card(4000, "servers", { addressType: "assigned", macAddress: "00:50:56:80:00:00" });
    const same = vc.instantClone("web-01", "same", {
      location: { deviceChange: [{ operation: "edit", device: read }] },
    });
    expect(devicesOf(same).find(({ key }) => key === 4000)).not.toHaveProperty("macAddress");
  });

  it("are not taken away from under others, nor are those that every machine has", () => {
    const controller: vim.ParaVirtualSCSIController = {
      _typeName: "ParaVirtualSCSIController",
      key: 1000,
      busNumber: 0,
      sharedBus: "noSharing",
    };
    expect(deviceFault("web-01", { operation: "remove", device: controller })._typeName).toBe("MissingController");
    expect(
      deviceFault("web-01", { operation: "remove", device: { _typeName: "VirtualKeyboard", key: 600 } })._typeName,
    ).toBe("InvalidDeviceOperation");
    expect(
      deviceFault("web-01", { operation: "edit", device: { _typeName: "VirtualCdrom", key: 3000 } }),
    ).toMatchObject({ _typeName: "DeviceNotFound", property: "spec.deviceChange[0].device.key" });
  });
});
