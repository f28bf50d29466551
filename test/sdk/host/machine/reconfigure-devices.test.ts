import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { devicesOf } from "../../../../sdk/host/machine/devices.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { refused, Vcenter } from "./vcenter.ts";

type Change = vim.VirtualDeviceConfigSpec;
const page = 4096;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const devices = (name: string, ...deviceChange: Change[]) => {
  vc.vm(name, "ReconfigVM_Task", { spec: { deviceChange } });
  return vc.machine(name);
};
const deviceFault = (name: string, ...deviceChange: Change[]) =>
  refused(vc, name, "ReconfigVM_Task", { spec: { deviceChange } });

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

  it("neither move nor become other disks by an edit", () => {
    const elsewhere: vim.VirtualDisk = { ...disk(2000, 40 * 2 ** 20), controllerKey: 1000, unitNumber: 5 };
    expect(deviceFault("web-01", { operation: "edit", device: elsewhere }).message).toContain("device.unitNumber");
    const other: vim.VirtualDisk = { ...disk(2000, 40 * 2 ** 20), backing: flat("[vmfs-01] web-02/web-02.vmdk") };
    expect(deviceFault("web-01", { operation: "edit", device: other })).toMatchObject({
      _typeName: "InvalidDeviceBacking",
      property: "spec.deviceChange[0].device.backing.fileName",
    });
    const same: vim.VirtualDisk = {
      ...disk(2000, 40 * 2 ** 20),
      unitNumber: 0,
      backing: flat("[vmfs-01] web-01/web-01.vmdk"),
    };
    const before = vc.machine("web-01").base.devices;
    expect(devices("web-01", { operation: "edit", device: same }).base.devices).toBe(before);
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
    expect(deviceFault("build-01", { operation: "add", device })._typeName).toBe("FileLocked");
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
