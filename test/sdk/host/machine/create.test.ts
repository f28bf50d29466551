import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { extraConfigOf } from "../../../../sdk/host/machine/extra-config.ts";
import { numberIn } from "../../../../sdk/host/state/id.ts";
import type { MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { everything, faultOf, Vcenter } from "./vcenter.ts";

type Change = vim.VirtualDeviceConfigSpec;
const GiB = 2 ** 30;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const request = (config: vim.VirtualMachineConfigSpec, more: object = {}) => ({
  config: { files: { vmPathName: "[vmfs-01]" }, ...config },
  pool: vc.ref("ResourcePool", "Resources"),
  ...more,
});

function create(config: vim.VirtualMachineConfigSpec, more: object = {}): MachineRecord {
  const ref = vc.call(vc.ref("Folder", "servers"), "CreateVM_Task", request(config, more));
  if (typeof ref !== "object" || ref === null || !("value" in ref)) throw new Error("no machine");
  const found = vc.state.objects.get(numberIn(String(ref.value)));
  if (found?.kind !== "VirtualMachine") throw new Error("no machine");
  return found;
}

function refused(config: vim.VirtualMachineConfigSpec, more: object = {}) {
  const before = everything(vc);
  const fault = faultOf(() => create(config, more));
  expect(everything(vc)).toEqual(before);
  return fault;
}

const scsi: Change = {
  operation: "add",
  device: { _typeName: "ParaVirtualSCSIController", key: -1, busNumber: 0, sharedBus: "noSharing" },
};
const disk = (capacityInKB: number, more: object = {}, backing: object = {}): Change => ({
  operation: "add",
  fileOperation: "create",
  device: {
    _typeName: "VirtualDisk",
    key: -2,
    controllerKey: -1,
    unitNumber: -1,
    capacityInKB,
    backing: {
      _typeName: "VirtualDiskFlatVer2BackingInfo",
      fileName: "",
      diskMode: "persistent",
      thinProvisioned: true,
      ...backing,
    },
    ...more,
  },
});
const card = (network: string, more: object = {}): Change => ({
  operation: "add",
  device: {
    _typeName: "VirtualVmxnet3",
    key: -3,
    backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: network },
    ...more,
  },
});
const keys = ({ base }: MachineRecord) => base.devices.map(({ key }) => key).sort((a, b) => a - b);
const device = ({ base }: MachineRecord, key: number) => base.devices.find((one) => one.key === key);

describe("a machine that is created", () => {
  it("is what it was asked to be, switched off", () => {
    const machine = create({
      name: "new-01",
      guestId: "rhel9_64Guest",
      numCPUs: 4,
      numCoresPerSocket: 2,
      memoryMB: 4096,
      annotation: "a note",
      firmware: "efi",
      extraConfig: [
        { key: "a", value: "b" },
        { key: "none", value: "" },
      ],
      uuid: "42000000-0000-0000-0000-00000000000A",
    });
    expect(machine).toMatchObject({
      name: "new-01",
      power: "poweredOff",
      template: false,
      directory: "new-01",
      uuid: "42000000-0000-0000-0000-00000000000a",
    });
    expect(machine.base).toMatchObject({
      guestFullName: "Red Hat Enterprise Linux 9 (64-bit)",
      numCPU: 4,
      coresPerSocket: 2,
      memoryMB: 4096,
      annotation: "a note",
      firmware: "efi",
    });
    expect(extraConfigOf(machine)).toEqual({ a: "b" });
    expect(vc.find("ResourcePool", "Resources").vms.has(machine.id)).toBe(true);
    expect(vc.find("Datastore", "vmfs-01").directories.get("new-01")).toBe(machine.id);
    expect(vc.events().map(({ type }) => type)).toEqual(["VmBeingCreatedEvent", "VmCreatedEvent"]);
  });

  it("has its devices where vSphere puts them, with vSphere's keys", () => {
    const free = vc.free("vmfs-01");
    const cdrom: Change = { operation: "add", device: { _typeName: "VirtualCdrom", key: -9, controllerKey: 200 } };
    const nvme: Change = { operation: "add", device: { _typeName: "VirtualNVMEController", key: -5, busNumber: -1 } };
    const changes = [
      scsi,
      disk(1024),
      disk(2048),
      card("servers"),
      card("desktops"),
      cdrom,
      nvme,
      disk(4096, { controllerKey: -5 }),
    ];
    const machine = create({ name: "new-01", deviceChange: changes });
    expect(keys(machine)).toEqual([
      100, 200, 201, 300, 400, 500, 600, 700, 1000, 2000, 2001, 3000, 4000, 4001, 12_000, 31_000, 32_000,
    ]);
    expect(device(machine, 2001)).toMatchObject({
      controllerKey: 1000,
      unitNumber: 1,
      capacityInBytes: 2 ** 21,
      deviceInfo: { label: "Hard disk 2", summary: "2,048 KB" },
    });
    expect(device(machine, 4001)).toMatchObject({
      controllerKey: 100,
      addressType: "assigned",
      deviceInfo: { label: "Network adapter 2", summary: "desktops" },
    });
    expect(device(machine, 3000)).toMatchObject({
      controllerKey: 200,
      unitNumber: 0,
      deviceInfo: { label: "CD/DVD drive 1" },
    });
    expect(device(machine, 32_000)).toMatchObject({ controllerKey: 31_000, deviceInfo: { label: "Hard disk 3" } });
    expect(machine.disks.map(({ layer }) => layer.path)).toEqual([
      "new-01/new-01.vmdk",
      "new-01/new-01_1.vmdk",
      "new-01/new-01_2.vmdk",
    ]);
    for (const network of ["servers", "desktops"]) expect(vc.find("Network", network).vms.has(machine.id)).toBe(true);
    expect(free - vc.free("vmfs-01")).toBeLessThan(2 ** 20);
  });

  it("takes the whole of a disk that is not thin at once", () => {
    const free = vc.free("vmfs-01");
    create({ name: "thick", deviceChange: [scsi, disk(10 * 2 ** 20, {}, { thinProvisioned: false })] });
    const taken = free - vc.free("vmfs-01");
    expect(taken).toBeGreaterThanOrEqual(10 * GiB);
    vc.write("thick", 0, 0, new Uint8Array(2 ** 20).fill(1));
    expect(free - vc.free("vmfs-01")).toBe(taken);
  });

  it("keeps a disk on another datastore in a directory of its own there", () => {
    const on = (fileName: string) => disk(1024, {}, { fileName });
    const host = vc.ref("HostSystem", "esx-01.lab.local");
    const machine = create({ name: "new-01", deviceChange: [scsi, on("[local-01]"), on("[local-01]")] }, { host });
    expect(machine.disks.map(({ layer }) => layer.path)).toEqual(["new-01/new-01.vmdk", "new-01/new-01_1.vmdk"]);
    expect(vc.find("Datastore", "local-01").directories.get("new-01")).toBe(machine.id);
    expect(vc.find("Datastore", "local-01").vms.has(machine.id)).toBe(true);
  });

  it("goes to the host of its pool with the most memory that is not set aside", () => {
    const hosts = [create({ name: "a" }), create({ name: "b" })].map(({ host }) => host);
    expect(new Set(hosts).size).toBe(1);
    expect(vc.state.objects.get(hosts[0] ?? 0)?.name).not.toBe("esx-01.lab.local");
  });
});

describe("a machine is not created, and nothing changes,", () => {
  it("without a name, or by one that is taken", () => {
    expect(refused({})).toMatchObject({ _typeName: "InvalidArgument", invalidProperty: "config.name" });
    expect(refused({ name: "web-01" })._typeName).toBe("DuplicateName");
  });

  it("on a datastore that is not there", () => {
    expect(refused({ name: "x", files: { vmPathName: "[nowhere] x" } })).toMatchObject({
      _typeName: "InvalidDatastore",
      name: "nowhere",
    });
    expect(refused({ name: "x", files: { vmPathName: "no path" } })).toMatchObject({
      _typeName: "InvalidDatastorePath",
    });
  });

  it("with sizes that vSphere does not take", () => {
    expect(refused({ name: "x", numCPUs: 0 })).toMatchObject({ invalidProperty: "config.numCPUs" });
    expect(refused({ name: "x", memoryMB: 1023 })).toMatchObject({ invalidProperty: "config.memoryMB" });
    expect(refused({ name: "x", numCPUs: 3, numCoresPerSocket: 2 })).toMatchObject({
      invalidProperty: "config.numCoresPerSocket",
    });
    expect(refused({ name: "x", guestId: "ubuntu" })).toMatchObject({ invalidProperty: "config.guestId" });
    expect(refused({ name: "x", version: "22" })).toMatchObject({ invalidProperty: "config.version" });
  });

  it("with what is not simulated, which is named", () => {
    expect(refused({ name: "x", nestedHVEnabled: true })).toMatchObject({ _typeName: "NotSupported" });
    expect(refused({ name: "x", nestedHVEnabled: true }).message).toContain("config.nestedHVEnabled");
    expect(
      refused({
        name: "x",
        deviceChange: [{ operation: "add", device: { _typeName: "VirtualPCIPassthrough", key: -1 } }],
      }).message,
    ).toContain("config.deviceChange[0].device");
    expect(create({ name: "x", nestedHVEnabled: false }).name).toBe("x");
  });

  it("with devices that have no place", () => {
    expect(refused({ name: "x", deviceChange: [disk(1024)] })).toMatchObject({
      _typeName: "MissingController",
      deviceIndex: 0,
    });
    expect(refused({ name: "x", deviceChange: [scsi, disk(1024, { unitNumber: 7 })] })).toMatchObject({
      _typeName: "InvalidDeviceSpec",
      property: "config.deviceChange[1].device.unitNumber",
    });
    expect(refused({ name: "x", deviceChange: Array.from({ length: 11 }, () => card("servers")) })._typeName).toBe(
      "TooManyDevices",
    );
    expect(refused({ name: "x", deviceChange: [card("nowhere")] })).toMatchObject({
      invalidProperty: "config.deviceChange[0].device.backing",
    });
    expect(refused({ name: "x", deviceChange: [scsi, disk(0)] })).toMatchObject({
      invalidProperty: "config.deviceChange[1].device.capacityInKB",
    });
  });

  it("with disks that its datastore has no room for", () => {
    const thick = disk(30 * 2 ** 30, {}, { thinProvisioned: false });
    expect(refused({ name: "x", deviceChange: [scsi, thick] })).toMatchObject({
      _typeName: "NoDiskSpace",
      datastore: "vmfs-01",
      file: "[vmfs-01] x/x.vmdk",
    });
  });

  it.each([
    ["is said to exist and does not", "web-01/web-99.vmdk", "FileNotFound"],
    ["another machine has", "web-01/web-01.vmdk", "FileLocked"],
  ])("with a disk that %s", (_, path, fault) => {
    const { fileOperation: __, ...existing } = disk(1024, {}, { fileName: `[vmfs-01] ${path}` });
    expect(refused({ name: "x", deviceChange: [scsi, existing] })).toMatchObject({
      _typeName: fault,
      file: `[vmfs-01] ${path}`,
    });
  });
});
