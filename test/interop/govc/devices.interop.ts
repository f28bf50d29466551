import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

const vm = ["-vm", "base"];

withPeer("govc", "govc with devices and snapshots", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    const pool = ["-pool", "/DC0/host/DC0_H0/Resources"];
    await lab.govc("vm.create", "-on=false", ...pool, "-disk", "1GB", "-net", "VM Network", "base");
    await lab.govc("datastore.mkdir", "iso");
    await lab.run(["datastore.upload", "-", "iso/a.iso"], { input: "not much of an image" });
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const info = async (name: string) => fieldsOf(await lab.govc("device.info", ...vm, name));
  const names = async () => linesOf(await lab.govc("device.ls", ...vm)).map((line) => line.split(/ +/)[0] ?? "");
  const devices = async () => (await (await lab.vc.find.virtualMachine("base")).get("config.hardware"))?.device ?? [];

  const backing = async (type: string) => (await devices()).find(({ _typeName }) => _typeName === type)?.backing;

  it("device.ls, device.info: what the machine has", async () => {
    const rows = linesOf(await lab.govc("device.ls", ...vm)).map((line) => line.split(/ {2,}/));
    expect(rows.map(([, type, summary]) => [type, summary])).toEqual(
      (await devices()).map(({ _typeName, deviceInfo }) => [_typeName, deviceInfo?.summary]),
    );
    expect(rows.map(([name]) => name)).toEqual(
      expect.arrayContaining(["ide-200", "pci-100", "ethernet-0", "disk-1000-0"]),
    );
    expect(await info("disk-1000-0")).toMatchObject({
      Type: "VirtualDisk",
      Label: "Hard disk 1",
      Summary: "1,048,576 KB",
      Key: "2000",
      Controller: "lsilogic-1000",
      "Unit number": "0",
      File: "[LocalDS_0] base/base.vmdk",
    });
  });

  it("vm.network.add, vm.network.change, device.disconnect, device.connect, device.remove: cards", async () => {
    await lab.govc("vm.network.add", ...vm, "-net", "VM Network", "-net.adapter", "vmxnet3");
    expect(await info("ethernet-1")).toMatchObject({ Type: "VirtualVmxnet3", Label: "Network adapter 2" });
    await lab.govc("vm.network.change", ...vm, "-net", "VM Network", "-net.address", "00:50:56:00:00:11", "ethernet-1");
    expect((await info("ethernet-1"))["MAC Address"]).toBe("00:50:56:00:00:11");
    await lab.govc("device.disconnect", ...vm, "ethernet-1");
    expect((await info("ethernet-1"))["Start connected"]).toBe("false");
    await lab.govc("device.connect", ...vm, "ethernet-1");
    expect((await info("ethernet-1"))["Start connected"]).toBe("true");
    await lab.govc("device.remove", ...vm, "ethernet-1");
    expect(await names()).not.toContain("ethernet-1");
    expect(await lab.refused("device.remove", ...vm, "ethernet-1")).toBe("device 'ethernet-1' not found");
  });

  it("device.cdrom.add, device.cdrom.insert, device.cdrom.eject", async () => {
    expect(await lab.govc("device.cdrom.add", ...vm)).toBe("cdrom-3000\n");
    await lab.govc("device.cdrom.insert", ...vm, "-device", "cdrom-3000", "iso/a.iso");
    expect(await backing("VirtualCdrom")).toMatchObject({
      _typeName: "VirtualCdromIsoBackingInfo",
      fileName: "[LocalDS_0] iso/a.iso",
    });
    await lab.govc("device.cdrom.eject", ...vm, "-device", "cdrom-3000");
    expect(await backing("VirtualCdrom")).not.toHaveProperty("fileName", "[LocalDS_0] iso/a.iso");
  });

  it("device.scsi.add, device.sata.add, device.usb.add, device.floppy.*, device.serial.*", async () => {
    expect(await lab.govc("device.scsi.add", ...vm, "-type", "pvscsi")).toBe("pvscsi-1001\n");
    expect(await lab.govc("device.sata.add", ...vm)).toBe("ahci-15000\n");
    expect(await lab.govc("device.usb.add", ...vm, "-type", "xhci")).toBe("usbxhci-14000\n");
    expect(await lab.govc("device.floppy.add", ...vm)).toBe("floppy-8000\n");
    await lab.govc("device.floppy.insert", ...vm, "iso/a.iso");
    await lab.govc("device.floppy.eject", ...vm);
    expect(await lab.govc("device.serial.add", ...vm)).toBe("serialport-9000\n");
    await lab.govc("device.serial.connect", ...vm, "[LocalDS_0] base/console.log");
    await lab.govc("device.serial.disconnect", ...vm);
    const types = (await devices()).map(({ _typeName }) => _typeName);
    expect(types.slice(-5)).toEqual([
      "ParaVirtualSCSIController",
      "VirtualAHCIController",
      "VirtualUSBXHCIController",
      "VirtualFloppy",
      "VirtualSerialPort",
    ]);
    await lab.govc(
      "device.remove",
      ...vm,
      "serialport-9000",
      "floppy-8000",
      "usbxhci-14000",
      "ahci-15000",
      "pvscsi-1001",
    );
    expect(await names()).not.toContain("ahci-15000");
  });

  it("device.boot: the order and the delay", async () => {
    await lab.govc("device.boot", ...vm, "-order", "disk,ethernet", "-delay", "1500", "-setup");
    expect(linesOf(await lab.govc("device.ls", ...vm, "-boot")).map((line) => line.split(/ +/)[0])).toEqual([
      "disk-1000-0",
      "ethernet-0",
    ]);
    expect(await (await lab.vc.find.virtualMachine("base")).get("config.bootOptions")).toMatchObject({
      bootDelay: 1500,
      enterBIOSSetup: true,
    });
  });

  it("vm.disk.create, vm.disk.change, vm.disk.attach, device.remove -keep: disks", async () => {
    await lab.govc("vm.disk.create", ...vm, "-name", "base/data", "-size", "2G", "-mode", "independent_persistent");
    expect(await info("disk-1000-1")).toMatchObject({
      File: "[LocalDS_0] base/data.vmdk",
      Summary: "2,097,152 KB",
    });
    expect((await devices()).at(-1)).toMatchObject({ backing: { diskMode: "independent_persistent" } });
    await lab.govc("vm.disk.change", ...vm, "-disk.name", "disk-1000-1", "-size", "3G");
    expect((await info("disk-1000-1")).Summary).toBe("3,145,728 KB");
    expect(await lab.refused("vm.disk.change", ...vm, "-disk.name", "disk-1000-1", "-size", "1G")).toMatch(
      /smaller|shrink|capacity/i,
    );
    await lab.govc("device.remove", ...vm, "-keep", "disk-1000-1");
    expect(await names()).not.toContain("disk-1000-1");
    await lab.govc("vm.disk.attach", ...vm, "-link=false", "-disk", "base/data.vmdk");
    expect((await info("disk-1000-1")).File).toBe("[LocalDS_0] base/data.vmdk");
    await lab.govc("device.remove", ...vm, "disk-1000-1");
    expect(await lab.refused("datastore.ls", "base/data.vmdk")).toContain("not found");
  });

  it("snapshot.create, snapshot.tree, snapshot.revert, snapshot.remove", async () => {
    await lab.govc("snapshot.create", ...vm, "-d", "the first", "one");
    await lab.govc("vm.change", ...vm, "-annotation", "between");
    await lab.govc("snapshot.create", ...vm, "-m=false", "two");
    expect(linesOf(await lab.govc("snapshot.tree", ...vm))).toEqual(
      ["one", "  two", "  ."].map((line) => expect.stringContaining(line)),
    );
    const tree = await (await lab.vc.find.virtualMachine("base")).get("snapshot.rootSnapshotList");
    expect(await lab.govc("snapshot.tree", ...vm, "-i", "-f")).toContain(`[${tree?.[0]?.snapshot.value}]`);
    expect(await lab.govc("snapshot.tree", ...vm, "-C")).toContain("two");
    await lab.govc("snapshot.revert", ...vm, "one");
    expect(await (await lab.vc.find.virtualMachine("base")).get("config.annotation")).not.toBe("between");
    await lab.govc("snapshot.remove", ...vm, "one/two");
    expect(linesOf(await lab.govc("snapshot.tree", ...vm)).join("\n")).not.toContain("two");
    expect(await lab.refused("snapshot.revert", ...vm, "two")).toContain('snapshot "two" not found');
    await lab.govc("snapshot.remove", ...vm, "*");
    expect(await (await lab.vc.find.virtualMachine("base")).get("snapshot")).toBeUndefined();
  });
});
