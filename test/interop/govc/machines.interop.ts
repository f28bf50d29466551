import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

const pool = "/DC0/host/DC0_H0/Resources";

withPeer("govc", "govc with machines", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    await lab.govc("vm.create", "-on=false", "-pool", pool, "-m", "256", "-disk", "1GB", "-net", "VM Network", "base");
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const machine = (name: string) => lab.vc.find.virtualMachine(name);
  const power = async (name: string) => (await machine(name)).get("runtime.powerState");

  it("vm.create: as it is told", async () => {
    const options = ["-c", "2", "-m", "512", "-g", "ubuntu64Guest", "-firmware", "efi", "-annotation", "made by govc"];
    const disk = ["-disk", "2GB", "-disk.controller", "pvscsi", "-net", "VM Network", "-net.adapter", "vmxnet3"];
    await lab.govc("vm.create", "-on=false", "-pool", pool, "-ds", "LocalDS_0", ...options, ...disk, "made");
    expect(fieldsOf(await lab.govc("vm.info", "made"))).toMatchObject({
      Name: "made",
      Path: "/DC0/vm/made",
      "Guest name": "Ubuntu Linux (64-bit)",
      Memory: "512MB",
      CPU: "2 vCPU(s)",
      "Power state": "poweredOff",
      Host: "DC0_H0",
    });
    const config = await (await machine("made")).get("config");
    expect(config).toMatchObject({ firmware: "efi", annotation: "made by govc", guestId: "ubuntu64Guest" });
    const types = config?.hardware.device?.map(({ _typeName }) => _typeName);
    expect(types).toEqual(expect.arrayContaining(["ParaVirtualSCSIController", "VirtualDisk", "VirtualVmxnet3"]));
    await lab.govc("vm.create", "-pool", pool, "-disk", "1GB", "-net", "VM Network", "runs");
    expect(await power("runs")).toBe("poweredOn");
    expect(await lab.refused("vm.create", "-pool", pool, "made")).toContain("already exists");
  });

  it("vm.info: of many, as JSON, with what there is besides", async () => {
    const known = await lab.vc.retrieve(await lab.vc.find.virtualMachines("DC0_*"), ["name", "config.uuid"]);
    const info = await lab.json("vm.info", "DC0_*");
    expect(info).toMatchObject({
      virtualMachines: known.map((row) => ({ name: row.name, config: { uuid: row["config.uuid"] } })),
    });
    const [row] = known;
    expect(fieldsOf(await lab.govc("vm.info", "-vm.uuid", String(row?.["config.uuid"])))).toMatchObject({
      Name: row?.name,
    });
    const rich = fieldsOf(await lab.govc("vm.info", "-r", "-t", "DC0_H0_VM0"));
    expect(rich).toMatchObject({ Storage: "LocalDS_0", Network: "VM Network" });
  });

  it("vm.change: CPUs, memory, notes, and pairs of extraConfig", async () => {
    await lab.govc(
      "vm.change",
      "-vm",
      "base",
      "-c",
      "4",
      "-m",
      "1024",
      "-annotation",
      "changed",
      "-e",
      "guestinfo.a=b=c",
    );
    const base = await machine("base");
    expect(await base.get("config.hardware")).toMatchObject({ numCPU: 4, memoryMB: 1024 });
    expect(fieldsOf(await lab.govc("vm.info", "-e", "base"))).toMatchObject({ "guestinfo.a": "b=c" });
    expect(await base.get("config.annotation")).toBe("changed");
    await lab.govc("vm.change", "-vm", "base", "-e", "guestinfo.a=", "-name", "base2");
    expect(await lab.govc("vm.info", "-e", "base2")).not.toContain("guestinfo.a");
    await lab.govc("vm.change", "-vm", "base2", "-name", "base", "-m", "256");
    expect(await lab.refused("vm.change", "-vm", "base", "-m", "-4")).toContain("memory");
  });

  it("vm.power: on, suspend, reset, shut down, reboot, off", async () => {
    const ref = (await machine("base")).ref.value;
    const turn = (...flags: string[]) => lab.govc("vm.power", ...flags, "base");
    expect(await turn("-on")).toBe(`Powering on VirtualMachine:${ref}... OK\n`);
    expect(await power("base")).toBe("poweredOn");
    expect(await turn("-suspend")).toBe(`Suspend VirtualMachine:${ref}... OK\n`);
    expect(await power("base")).toBe("suspended");
    await turn("-on");
    expect(await turn("-reset")).toBe(`Reset VirtualMachine:${ref}... OK\n`);
    expect(await turn("-r")).toBe(`Reboot guest VirtualMachine:${ref}... OK\n`);
    expect(await turn("-s", "-wait")).toContain(`Shutdown guest VirtualMachine:${ref}... OK\n`);
    expect(await power("base")).toBe("poweredOff");
    expect(await lab.refused("vm.power", "-off", "base")).toContain("powered");
    await turn("-on");
    expect(await turn("-off", "-force")).toBe(`Powering off VirtualMachine:${ref}... OK\n`);
  });

  it("vm.clone: a full copy, one that is linked to now or to a snapshot, and one that runs", async () => {
    await lab.govc("vm.clone", "-vm", "base", "-on=false", "-pool", pool, "-c", "3", "-annotation", "a copy", "full");
    expect(await (await machine("full")).get("config")).toMatchObject({
      annotation: "a copy",
      hardware: { numCPU: 3 },
    });
    await lab.govc("snapshot.create", "-vm", "base", "one");
    await lab.govc("vm.clone", "-vm", "base", "-link", "-on=false", "-pool", pool, "linked");
    await lab.govc("vm.clone", "-vm", "base", "-link", "-snapshot", "one", "-pool", pool, "linked2");
    expect(await power("linked2")).toBe("poweredOn");
    const parents = await Promise.all(["full", "linked", "linked2"].map(parentOf));
    expect(parents[0]).toBeUndefined();
    expect(parents[1]).toMatch(/^\[LocalDS_0\] base\/base.*\.vmdk$/);
    expect(parents[2]).toBe(parents[1]);
    expect(fieldsOf(await lab.govc("device.info", "-vm", "linked", "disk-*")).Parent).toBe(parents[1]);
    await lab.govc("vm.disk.promote", "-vm", "linked", "disk-1000-0");
    expect(await parentOf("linked")).toBeUndefined();
    expect(await lab.refused("vm.clone", "-vm", "base", "-pool", pool, "full")).toContain("already exists");
  });

  const parentOf = async (name: string): Promise<string | undefined> => {
    const devices = (await (await machine(name)).get("config.hardware"))?.device ?? [];
    for (const { backing } of devices)
      if (backing?._typeName === "VirtualDiskFlatVer2BackingInfo" && "parent" in backing)
        return backing.parent?.fileName;
    return undefined;
  };

  it("vm.instantclone: with extraConfig, on a network, with a card; memory is shared", async () => {
    const source = ["-vm", "DC0_H0_VM0", "-pool", pool];
    await lab.govc("vm.instantclone", ...source, "-e", "guestinfo.ic.hostname=desk-1", "desk-1");
    const desk = await machine("desk-1");
    expect(await power("desk-1")).toBe("poweredOn");
    expect(await desk.get("config.extraConfig")).toContainEqual(
      expect.objectContaining({ key: "guestinfo.ic.hostname", value: "desk-1" }),
    );
    const address = ["-net", "VM Network", "-net.adapter", "vmxnet3", "-net.address", "00:50:56:00:0a:0b"];
    await lab.govc("vm.instantclone", ...source, ...address, "desk-2");
    const card = fieldsOf(await lab.govc("device.info", "-vm", "desk-2", "ethernet-0"));
    expect(card).toMatchObject({ Type: "VirtualVmxnet3", Summary: "VM Network", "MAC Address": "00:50:56:00:0a:0b" });
    expect(fieldsOf(await lab.govc("device.info", "-vm", "desk-1", "ethernet-0"))["MAC Address"]).not.toBe(
      fieldsOf(await lab.govc("device.info", "-vm", "DC0_H0_VM0", "ethernet-0"))["MAC Address"],
    );
    const source0 = await machine("DC0_H0_VM0");
    await source0.memory.write(4096, new TextEncoder().encode("before"));
    await lab.govc("vm.instantclone", ...source, "desk-3");
    await source0.memory.write(4096, new TextEncoder().encode("after!"));
    const fork = await machine("desk-3");
    expect(new TextDecoder().decode(await fork.memory.read(4096, 6))).toBe("before");
    expect(await lab.refused("vm.instantclone", "-vm", "base", "-pool", pool, "desk-4")).toContain("powered");
  });

  it("vm.markastemplate, vm.markasvm", async () => {
    await lab.govc("vm.markastemplate", "full");
    expect(await (await machine("full")).get("config.template")).toBe(true);
    expect(await lab.refused("vm.power", "-on", "full")).toMatch(/template/i);
    await lab.govc("vm.markasvm", "-host", "DC0_H0", "-pool", pool, "full");
    expect(await (await machine("full")).get("config.template")).toBe(false);
  });

  it("vm.migrate: to another host of the cluster, and to another datacenter's pool", async () => {
    await lab.govc("vm.migrate", "-host", "DC0_C0_H2", "DC0_C0_RP0_VM0");
    expect(fieldsOf(await lab.govc("vm.info", "DC0_C0_RP0_VM0")).Host).toBe("DC0_C0_H2");
    await lab.govc("vm.migrate", "-pool", "/DC0/host/DC0_C0/Resources", "-host", "DC0_C0_H1", "full");
    expect(fieldsOf(await lab.govc("vm.info", "full")).Host).toBe("DC0_C0_H1");
  });

  it("vm.unregister, vm.register, vm.destroy", async () => {
    await lab.govc("vm.unregister", "full");
    expect(await lab.govc("find", "vm", "-name", "full")).toBe("");
    await lab.govc("vm.register", "-pool", pool, "-name", "again", "full/full.vmx");
    expect(await (await machine("again")).get("config.files.vmPathName")).toBe("[LocalDS_0] full/full.vmx");
    await lab.govc("vm.destroy", "again");
    expect(await lab.govc("find", "vm", "-name", "again")).toBe("");
    expect(await lab.refused("datastore.ls", "full/full.vmx")).toContain("not found");
    expect(await lab.refused("vm.destroy", "again")).toBe("vm 'again' not found");
  });

  it("vm.ip: waits until the guest has one", async () => {
    const vm = await machine("DC0_H0_VM1");
    const waiting = lab.govc("vm.ip", "DC0_H0_VM1");
    await vm.guest.run("/bin/sh", ["-c", "ip addr add 10.1.2.3/24 dev ens192"]);
    expect(await waiting).toBe("10.1.2.3\n");
    expect(await lab.govc("vm.ip", "-a", "-v4", "DC0_H0_VM1")).toBe("10.1.2.3\n");
    expect(fieldsOf(await lab.govc("vm.info", "DC0_H0_VM1"))["IP address"]).toBe("10.1.2.3");
  });

  it("vm.question, vm.vnc: nothing is asked, nothing is shared", async () => {
    expect(await lab.govc("vm.question", "-vm", "base")).toBe("No pending question\n");
    expect(await lab.govc("vm.vnc", "base")).toBe("base: disabled\n");
  });

  it("vm.upgrade, vm.option.ls, vm.option.info, vm.target.info, vm.target.cap.ls: what machines can be here", async () => {
    const base = await machine("base");
    await lab.govc("vm.create", "-on=false", "-pool", pool, "-version", "vmx-17", "-disk", "1GB", "old");
    expect(await (await machine("old")).get("config.version")).toBe("vmx-17");
    await lab.govc("vm.upgrade", "-vm", "old", "-version", "20");
    expect(await (await machine("old")).get("config.version")).toBe("vmx-20");
    expect(await lab.refused("vm.upgrade", "-vm", "base", "-version", "3")).toContain("version");
    const versions = linesOf(await lab.govc("vm.option.ls", "-vm", "base")).map((line) => line.split(/\s+/)[0]);
    expect(versions).toContain(await base.get("config.version"));
    expect(await lab.govc("vm.option.info", "-vm", "base")).toMatch(/^ubuntu64Guest\s+Ubuntu Linux \(64-bit\)$/m);
    const target = await lab.govc("vm.target.info", "-vm", "base", "-datastore", "-network");
    expect(target).toContain("LocalDS_0");
    expect(target).toContain("VM Network");
    expect(await lab.json("vm.target.cap.ls", "-vm", "base")).toMatchObject({ vmotionSupported: true });
  });
});
