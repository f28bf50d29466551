import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { type Fault, refused, Vcenter } from "./vcenter.ts";

type Spec = Partial<vim.VirtualMachineInstantCloneSpec>;
type Change = vim.VirtualDeviceConfigSpec;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

/** The fault that a clone ends with; nothing may have changed. */
const fault = (spec: Spec = {}, source = "golden"): Fault =>
  refused(vc, source, "InstantClone_Task", { spec: { name: "desk-1", location: {}, ...spec } });

const withChange = (change: Change, source?: string): Fault => fault({ location: { deviceChange: [change] } }, source);

describe("an instant clone is refused, and nothing changes,", () => {
  it("of a machine that does not run", () => {
    expect(fault({}, "build-01")).toMatchObject({
      _typeName: "InvalidPowerState",
      existingState: "poweredOff",
      requestedState: "poweredOn",
    });
    vc.vm("web-01", "SuspendVM_Task", {});
    expect(fault({}, "web-01")).toMatchObject({ _typeName: "InvalidPowerState", existingState: "suspended" });
  });

  it("of a template", () => {
    expect(fault({}, "ubuntu-template")._typeName).toBe("InvalidState");
  });

  it("by a name that is taken in the folder, empty or too long", () => {
    expect(fault({ name: "golden" })).toMatchObject({
      _typeName: "DuplicateName",
      name: "golden",
      object: vc.ref("VirtualMachine", "golden"),
    });
    expect(fault({ name: "" })._typeName).toBe("InvalidName");
    expect(fault({ name: "x".repeat(81) })._typeName).toBe("InvalidName");
  });

  it("with a BIOS UUID that is none", () => {
    expect(fault({ biosUuid: "not a uuid" })).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "spec.biosUuid",
    });
  });

  it("with anything in its location that vSphere does not support there", () => {
    const location = {
      host: vc.ref("HostSystem", "esx-02.lab.local"),
      diskMoveType: "createNewChildDiskBacking",
      transform: "sparse",
    } as const;
    for (const field of ["host", "diskMoveType", "transform"] as const)
      expect(fault({ location: { [field]: location[field] } })).toMatchObject({
        _typeName: "InvalidArgument",
        invalidProperty: `spec.location.${field}`,
      });
  });

  it("into a folder that is not for machines, or a pool of another cluster", () => {
    expect(fault({ location: { folder: vc.ref("Folder", "host") } })).toMatchObject({
      invalidProperty: "spec.location.folder",
    });
    const gone = { type: "ResourcePool", value: "resgroup-999" } as const;
    expect(fault({ location: { pool: gone } })).toMatchObject({ _typeName: "ManagedObjectNotFound", obj: gone });
  });

  it("onto a datastore that the host does not have", () => {
    const location = { datastore: vc.ref("Datastore", "local-01") };
    expect(fault({ location }, "web-02")).toMatchObject({
      _typeName: "InvalidDatastore",
      name: "local-01",
      datastore: location.datastore,
    });
  });

  it("with config that cannot be kept", () => {
    expect(fault({ config: [{ key: "", value: "1" }] })).toMatchObject({ invalidProperty: "spec.config[0].key" });
    expect(fault({ config: [{ key: "a", value: new Uint8Array(1) }] })).toMatchObject({
      invalidProperty: "spec.config[0].value",
    });
  });

  it("with device changes other than edits of cards and ports", () => {
    const card: vim.VirtualDevice = { _typeName: "VirtualVmxnet3", key: 4000 };
    expect(withChange({ operation: "remove", device: card })).toMatchObject({
      invalidProperty: "spec.location.deviceChange[0].operation",
    });
    expect(withChange({ operation: "edit", device: { _typeName: "VirtualVmxnet3", key: 4001 } })).toMatchObject({
      invalidProperty: "spec.location.deviceChange[0].device.key",
    });
    expect(
      withChange({ operation: "edit", device: { _typeName: "VirtualDisk", key: 2000, capacityInKB: 1 } }),
    ).toMatchObject({ invalidProperty: "spec.location.deviceChange[0].device" });
    expect(withChange({ operation: "edit", fileOperation: "create", device: card })).toMatchObject({
      invalidProperty: "spec.location.deviceChange[0].fileOperation",
    });
    expect(withChange({ operation: "edit", device: { _typeName: "VirtualE1000", key: 4000 } })).toMatchObject({
      invalidProperty: "spec.location.deviceChange[0].device",
    });
  });

  it("with a card on a network that is not there, or an address that is none", () => {
    const on = (deviceName: string): vim.VirtualVmxnet3 => ({
      _typeName: "VirtualVmxnet3",
      key: 4000,
      backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName },
    });
    expect(withChange({ operation: "edit", device: on("nowhere") })).toMatchObject({
      invalidProperty: "spec.location.deviceChange[0].device.backing",
    });
    const device: vim.VirtualVmxnet3 = {
      _typeName: "VirtualVmxnet3",
      key: 4000,
      addressType: "manual",
      macAddress: "x",
    };
    expect(withChange({ operation: "edit", device })).toMatchObject({
      invalidProperty: "spec.location.deviceChange[0].device.macAddress",
    });
  });
});

describe("devices that cannot go along with an instant clone", () => {
  const add = (...devices: vim.VirtualDevice[]) => {
    vc.vm("web-01", "PowerOffVM_Task", {});
    const deviceChange = devices.map((device): Change => ({ operation: "add", device }));
    vc.vm("web-01", "ReconfigVM_Task", { spec: { deviceChange } });
    vc.vm("web-01", "PowerOnVM_Task", {});
  };
  const disallowed = () => fault({}, "web-01");

  it("are serial ports not backed by a file, unless the clone's is edited to be", () => {
    const backing: vim.VirtualDeviceBackingInfo = {
      _typeName: "VirtualSerialPortDeviceBackingInfo",
      deviceName: "/dev/ttyS0",
    };
    add({ _typeName: "VirtualSerialPort", key: -1, yieldOnPoll: true, backing });
    expect(disallowed()).toMatchObject({
      _typeName: "DisallowedMigrationDeviceAttached",
      fault: { fault: { _typeName: "DeviceNotSupported", device: "Serial port 1" } },
    });
    const file: vim.VirtualDeviceBackingInfo = {
      _typeName: "VirtualSerialPortFileBackingInfo",
      fileName: "[vmfs-01] web-01/serial.txt",
    };
    const device: vim.VirtualSerialPort = {
      _typeName: "VirtualSerialPort",
      key: 9000,
      yieldOnPoll: true,
      backing: file,
    };
    const clone = vc.instantClone("web-01", "copy", { location: { deviceChange: [{ operation: "edit", device }] } });
    expect(clone.devices?.[9000]?.backing).toMatchObject(file);
  });

  it("are those that are bound to the host or to the machine, each by its name", () => {
    const usb: vim.VirtualUSBController = { _typeName: "VirtualUSBController", key: -1, busNumber: 0 };
    const shared: vim.ParaVirtualSCSIController = {
      _typeName: "ParaVirtualSCSIController",
      key: -2,
      busNumber: 1,
      sharedBus: "physicalSharing",
    };
    add(
      usb,
      shared,
      {
        _typeName: "VirtualUSB",
        key: -3,
        controllerKey: -1,
        connected: true,
        backing: { _typeName: "VirtualUSBUSBBackingInfo", deviceName: "path:1/0" },
      },
      {
        _typeName: "VirtualSCSIPassthrough",
        key: -4,
        controllerKey: -2,
        backing: { _typeName: "VirtualSCSIPassthroughDeviceBackingInfo", deviceName: "/vmfs/devices/genscsi/naa.1" },
      },
      {
        _typeName: "VirtualPCIPassthrough",
        key: -5,
        backing: { _typeName: "VirtualPCIPassthroughVmiopBackingInfo", vgpu: "grid_p40-2q" },
      },
      { _typeName: "VirtualTPM", key: -6 },
      { _typeName: "VirtualHdAudioCard", key: -7 },
      {
        _typeName: "VirtualFloppy",
        key: -8,
        backing: { _typeName: "VirtualFloppyRemoteDeviceBackingInfo", deviceName: "" },
      },
    );
    const checker = { type: "VirtualMachineProvisioningChecker", value: "ProvisioningChecker" } as const;
    const spec = { name: "x", location: {} };
    const found = vc.call(checker, "CheckInstantClone_Task", { vm: vc.ref("VirtualMachine", "web-01"), spec });
    const errors: readonly vim.LocalizedMethodFault[] = Array.isArray(found) ? found[0].error : [];
    const inner = errors.map(({ fault }) => ("fault" in fault ? fault.fault.fault : fault));
    expect(inner.map((fault) => [fault._typeName, "device" in fault ? fault.device : ""])).toEqual([
      ["SharedBusControllerNotSupported", "SCSI controller 1"],
      ["DeviceNotSupported", "USB 1"],
      ["DeviceNotSupported", "SCSI device 1"],
      ["DeviceNotSupported", "PCI device 0"],
      ["DeviceNotSupported", "Virtual TPM 1"],
      ["RemoteDeviceNotSupported", "Floppy drive 1"],
    ]);
    expect(disallowed()).toMatchObject({ fault: { fault: inner[0] } });
  });

  it("are CD drives connected to an image that the host cannot reach", () => {
    const connectable = { startConnected: true, allowGuestControl: true, connected: true };
    const backing: vim.VirtualDeviceBackingInfo = {
      _typeName: "VirtualCdromIsoBackingInfo",
      fileName: "[vmfs-01] iso/a.iso",
    };
    vc.vm("build-01", "ReconfigVM_Task", {
      spec: {
        deviceChange: [
          {
            operation: "add",
            device: { _typeName: "VirtualCdrom", key: -1, controllerKey: 200, backing, connectable },
          },
        ],
      },
    });
    vc.vm("build-01", "PowerOnVM_Task", {});
    vc.instantClone("build-01", "fine");
    const elsewhere: vim.VirtualDeviceBackingInfo = {
      _typeName: "VirtualCdromRemotePassthroughBackingInfo",
      deviceName: "",
      exclusive: false,
    };
    const device: vim.VirtualCdrom = { _typeName: "VirtualCdrom", key: 3000, backing: elsewhere };
    vc.vm("build-01", "ReconfigVM_Task", { spec: { deviceChange: [{ operation: "edit", device }] } });
    expect(fault({}, "build-01")).toMatchObject({ _typeName: "DisallowedMigrationDeviceAttached" });
  });

  it("are disks that are independent of snapshots", () => {
    const backing: vim.VirtualDeviceBackingInfo = {
      _typeName: "VirtualDiskFlatVer2BackingInfo",
      fileName: "",
      diskMode: "independent_persistent",
    };
    vc.vm("web-01", "ReconfigVM_Task", {
      spec: {
        deviceChange: [
          {
            operation: "add",
            fileOperation: "create",
            device: { _typeName: "VirtualDisk", key: -1, controllerKey: 1000, capacityInKB: 1024, backing },
          },
        ],
      },
    });
    expect(disallowed()).toMatchObject({ fault: { fault: { device: "Hard disk 2" } } });
  });
});

describe("an instant clone finds no room", () => {
  const small: InventoryDescription = {
    datacenters: [
      {
        name: "DC",
        clusters: [{ name: "C", hosts: [{ name: "H", memoryGiB: 4 }] }],
        datastores: [
          { name: "big", capacityGiB: 100 },
          { name: "small", capacityGiB: 1 },
        ],
        machines: [{ name: "golden", memoryGiB: 1, memory: "full", disks: [{ sizeGiB: 1 }], power: "frozen" }],
      },
    ],
  };

  beforeEach(() => {
    vc.close();
    vc = new Vcenter({ inventory: small });
  });

  it("on a datastore that is full", () => {
    const location = { datastore: vc.ref("Datastore", "small") };
    vc.host.universe.transact((tx) => {
      tx.change("Datastore", vc.find("Datastore", "small").id, ({ capacity }) => ({ fileBytes: capacity - 100 }));
    });
    expect(fault({ location })).toMatchObject({
      _typeName: "NoDiskSpace",
      datastore: "small",
      file: "[small] desk-1/desk-1.vmx",
    });
  });

  it("on a host whose memory is all set aside", () => {
    vc.host.universe.transact((tx) => {
      tx.change("HostSystem", vc.find("HostSystem", "H").id, ({ memoryBytes }) => ({
        reservedBytes: memoryBytes - 100,
      }));
    });
    expect(fault()).toMatchObject({
      _typeName: "InsufficientHostMemoryCapacityFault",
      host: vc.ref("HostSystem", "H"),
      unreserved: 100,
      requested: 2 ** 20,
    });
  });

  it("on a host in maintenance mode or not connected", () => {
    const id = vc.find("HostSystem", "H").id;
    vc.host.universe.transact((tx) => tx.change("HostSystem", id, () => ({ maintenance: true })));
    expect(fault()._typeName).toBe("InvalidState");
    vc.host.universe.transact((tx) => tx.change("HostSystem", id, () => ({ connection: "disconnected" })));
    expect(fault()._typeName).toBe("HostNotConnected");
  });
});
