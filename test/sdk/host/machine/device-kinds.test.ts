import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { devicesOf } from "../../../../sdk/host/machine/devices.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { refused, Vcenter } from "./vcenter.ts";

type Change = vim.VirtualDeviceConfigSpec;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const change = (name: string, ...deviceChange: Change[]) => vc.vm(name, "ReconfigVM_Task", { spec: { deviceChange } });
const add = (device: vim.VirtualDevice): Change => ({ operation: "add", device });
const labelled = (name: string, label: string) =>
  devicesOf(vc.machine(name)).find(({ deviceInfo }) => deviceInfo?.label === label);
const fault = (name: string, ...deviceChange: Change[]) =>
  refused(vc, name, "ReconfigVM_Task", { spec: { deviceChange } });

const serial = (backing: vim.VirtualDeviceBackingInfo): vim.VirtualSerialPort => ({
  _typeName: "VirtualSerialPort",
  key: -1,
  yieldOnPoll: true,
  backing,
});

describe("devices of many kinds", () => {
  it("are added while the machine is off, with whatever may be behind them", () => {
    const ports: vim.VirtualDeviceBackingInfo[] = [
      { _typeName: "VirtualSerialPortFileBackingInfo", fileName: "[vmfs-01] build-01/serial.txt" },
      { _typeName: "VirtualSerialPortDeviceBackingInfo", deviceName: "/dev/char/serial/uart0" },
      { _typeName: "VirtualSerialPortPipeBackingInfo", pipeName: "debug", endpoint: "client" },
      { _typeName: "VirtualSerialPortURIBackingInfo", serviceURI: "telnet://:7000", direction: "server" },
    ];
    change(
      "build-01",
      ...ports.map((backing) => add(serial(backing))),
      add({
        _typeName: "VirtualParallelPort",
        key: -5,
        backing: { _typeName: "VirtualParallelPortFileBackingInfo", fileName: "[vmfs-01] build-01/parallel.txt" },
      }),
      add({
        _typeName: "VirtualCdrom",
        key: -6,
        controllerKey: 200,
        backing: { _typeName: "VirtualCdromAtapiBackingInfo", deviceName: "/vmfs/devices/cdrom/0" },
      }),
      add({ _typeName: "VirtualUSBXHCIController", key: -7, busNumber: 0 } as vim.VirtualUSBXHCIController),
      add({ _typeName: "VirtualTPM", key: -8 }),
    );
    expect([1, 2, 3, 4].map((n) => labelled("build-01", `Serial port ${n}`)?.key)).toEqual([9000, 9001, 9002, 9003]);
    expect(labelled("build-01", "Serial port 4")?.backing).toEqual(ports[3]);
    expect(labelled("build-01", "Serial port 1")?.connectable).toMatchObject({ startConnected: true });
    expect(labelled("build-01", "Virtual TPM 1")).not.toHaveProperty("connectable");
    for (const label of ["Parallel port 1", "CD/DVD drive 1", "USB xHCI controller 0"])
      expect(labelled("build-01", label), label).toBeDefined();
  });

  it("are refused with a backing of another kind, or with none where there must be one", () => {
    for (const device of [
      serial({ _typeName: "VirtualParallelPortFileBackingInfo", fileName: "[vmfs-01] a" }),
      { _typeName: "VirtualSerialPort", key: -1, yieldOnPoll: true } as vim.VirtualSerialPort,
      { _typeName: "VirtualPCIPassthrough", key: -1 } as vim.VirtualPCIPassthrough,
    ])
      expect(fault("build-01", add(device))).toMatchObject({
        _typeName: "InvalidDeviceBacking",
        property: "spec.deviceChange[0].device.backing",
      });
  });

  it("are refused with a file on a datastore that is not there", () => {
    const away = serial({ _typeName: "VirtualSerialPortFileBackingInfo", fileName: "[nowhere] a" });
    expect(fault("build-01", add(away))).toMatchObject({ _typeName: "InvalidDatastore", name: "nowhere" });
  });

  it("neither come nor go while the machine runs, but for those that can", () => {
    const port = serial({ _typeName: "VirtualSerialPortDeviceBackingInfo", deviceName: "/dev/ttyS0" });
    change("build-01", add(port));
    vc.vm("build-01", "PowerOnVM_Task", {});
    expect(fault("build-01", add(port))._typeName).toBe("DeviceHotPlugNotSupported");
    expect(fault("build-01", { operation: "remove", device: { ...port, key: 9000 } })._typeName).toBe(
      "DeviceHotPlugNotSupported",
    );
    change("build-01", add({ _typeName: "VirtualVmxnet3", key: -1 }));
    vc.vm("build-01", "PowerOffVM_Task", {});
    change("build-01", { operation: "remove", device: { ...port, key: 9000 } });
    expect(labelled("build-01", "Serial port 1")).toBeUndefined();
  });

  it("may be as many as there is room for, and the video card that every machine has can be changed", () => {
    const sound = add({ _typeName: "VirtualHdAudioCard", key: -1 });
    change("build-01", sound);
    expect(fault("build-01", sound)._typeName).toBe("TooManyDevices");
    const video: vim.VirtualMachineVideoCard = {
      _typeName: "VirtualMachineVideoCard",
      key: 500,
      videoRamSizeInKB: 65_536,
    };
    change("build-01", { operation: "edit", device: video });
    expect(labelled("build-01", "Video card")).toMatchObject({ videoRamSizeInKB: 65_536, numDisplays: 1 });
  });
});

describe("network cards that are disconnected in the clones of one source", () => {
  const disconnect: Change = {
    operation: "edit",
    device: {
      _typeName: "VirtualVmxnet3",
      key: 4000,
      connectable: { connected: false, startConnected: true, allowGuestControl: true, migrateConnect: "disconnect" },
    },
  };

  it("are one object for all of them", () => {
    const clones = ["a", "b", "c"].map((name) =>
      vc.instantClone("golden", name, { location: { deviceChange: [disconnect] } }),
    );
    expect(clones[0]?.devices?.[4000]?.connectable).toMatchObject({ connected: false, migrateConnect: "disconnect" });
    expect(new Set(clones.map(({ devices }) => devices)).size).toBe(1);
  });

  it("are as the source's again once they are connected", () => {
    vc.instantClone("golden", "a", { location: { deviceChange: [disconnect] } });
    const connectable = { connected: true, startConnected: true, allowGuestControl: true, migrateConnect: "unset" };
    const device: vim.VirtualVmxnet3 = { _typeName: "VirtualVmxnet3", key: 4000, connectable };
    change("a", { operation: "edit", device });
    expect(vc.machine("a").devices).toBeUndefined();
  });
});
