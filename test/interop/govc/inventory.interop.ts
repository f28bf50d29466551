import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

withPeer("govc", "govc in the inventory", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const lines = async (...args: string[]) => linesOf(await lab.govc(...args));

  it("about: says what it talks to, and takes the certificate", async () => {
    const { about } = lab.vc.content;
    expect(fieldsOf(await lab.govc("about"))).toEqual({
      FullName: about.fullName,
      Name: about.name,
      Vendor: about.vendor,
      Version: about.version,
      Build: about.build,
      "OS type": about.osType,
      "API type": "VirtualCenter",
      "API version": about.apiVersion,
      "Product ID": "vpx",
      UUID: about.instanceUuid,
    });
    expect(await lab.json("about")).toEqual({ about: expect.objectContaining({ ...about }) });
    const stranger = await lab.run(["about"], { env: { GOVC_TLS_CA_CERTS: "" } });
    expect(stranger.stderr).toContain("certificate signed by unknown authority");
  });

  it("ls: children, their types, references, and what references stand for", async () => {
    expect(await lines("ls")).toEqual(["/DC0/vm", "/DC0/host", "/DC0/datastore", "/DC0/network"]);
    expect(await lines("ls", "-l", "host")).toEqual([
      "/DC0/host/DC0_C0 (ClusterComputeResource)",
      "/DC0/host/DC0_H0 (ComputeResource)",
    ]);
    expect(await lines("ls", "-t", "HostSystem", "host/*")).toEqual([
      "/DC0/host/DC0_C0/DC0_C0_H0",
      "/DC0/host/DC0_C0/DC0_C0_H1",
      "/DC0/host/DC0_C0/DC0_C0_H2",
      "/DC0/host/DC0_H0/DC0_H0",
    ]);
    const machine = await lab.vc.find.virtualMachine("DC0_C0_RP0_VM1");
    expect(await lines("ls", "-i", "vm/DC0_C0_RP0_VM1")).toEqual([`VirtualMachine:${machine.ref.value}`]);
    expect(await lines("ls", "-L", `VirtualMachine:${machine.ref.value}`)).toEqual(["/DC0/vm/DC0_C0_RP0_VM1"]);
    expect(await lines("ls", "/DC0/vm/*_VM0")).toEqual(["/DC0/vm/DC0_H0_VM0", "/DC0/vm/DC0_C0_RP0_VM0"]);
    expect(await lab.json("ls", "network")).toMatchObject({ elements: [{ Path: "/DC0/network/VM Network" }] });
  });

  it("find: by type, name and the values of properties", async () => {
    const machines = await lab.vc.find.virtualMachines("*");
    const names = await Promise.all(machines.map((machine) => machine.get("name")));
    expect((await lines("find", "/", "-type", "m")).sort()).toEqual(names.map((name) => `/DC0/vm/${name}`).sort());
    expect(await lines("find", "host", "-type", "p")).toEqual(["host/DC0_H0/Resources", "host/DC0_C0/Resources"]);
    expect(await lines("find", ".", "-type", "h", "-name", "DC0_C0_*2")).toEqual(["/DC0/host/DC0_C0/DC0_C0_H2"]);
    const off = await lab.vc.find.virtualMachine("DC0_H0_VM1");
    await off.powerOff();
    expect(await lines("find", "vm", "-type", "m", "-runtime.powerState", "poweredOff")).toEqual(["vm/DC0_H0_VM1"]);
    const [row] = await lab.vc.retrieve([off], ["config.uuid"]);
    expect(await lines("find", "-i", "vm", "-type", "m", "-config.uuid", String(row?.["config.uuid"]))).toEqual([
      `VirtualMachine:${off.ref.value}`,
    ]);
    expect(await lines("find", "-l", "datastore")).toEqual(["Folder     datastore", "Datastore  datastore/LocalDS_0"]);
    await off.powerOn();
  });

  it("tree: the whole of it", async () => {
    expect((await lines("tree", "/DC0/host")).map((line) => line.replaceAll("\u00a0", " "))).toEqual([
      "/DC0/host",
      "├── DC0_C0",
      "│   ├── DC0_C0_H0",
      "│   ├── DC0_C0_H1",
      "│   ├── DC0_C0_H2",
      "│   └── Resources",
      "└── DC0_H0",
      "    ├── DC0_H0",
      "    └── Resources",
    ]);
  });

  it("object.collect: properties of one object and of many, plain and as JSON", async () => {
    const machine = await lab.vc.find.virtualMachine("DC0_H0_VM0");
    const hardware = await machine.get("config.hardware");
    expect(await lines("object.collect", "-s", "vm/DC0_H0_VM0", "config.hardware.memoryMB")).toEqual([
      String(hardware?.memoryMB),
    ]);
    const [change] = [await lab.json("object.collect", "vm/DC0_H0_VM0", "config.hardware")].flat();
    expect(change).toMatchObject({
      name: "config.hardware",
      op: "assign",
      val: { numCPU: hardware?.numCPU, memoryMB: hardware?.memoryMB },
    });
    const devices = hardware?.device?.map(({ key }) => ({ key })) ?? [];
    expect(change).toMatchObject({ val: { device: devices } });
    const many = await lines("object.collect", "-type", "m", "/", "name", "runtime.powerState");
    expect(many).toHaveLength(8);
    expect(many[1]).toMatch(
      new RegExp(
        `^VirtualMachine:${machine.ref.value} +runtime.powerState +types.VirtualMachinePowerState +poweredOn$`,
      ),
    );
    expect(await lines("object.collect", "-s", "-", "content.about.apiType")).toEqual(["VirtualCenter"]);
    expect(await lab.refused("object.collect", "vm/DC0_H0_VM0", "config.nonsense")).toContain("config.nonsense");
  });

  it("object.collect: waits for a value, and tells of every change", async () => {
    const machine = await lab.vc.find.virtualMachine("DC0_C0_RP0_VM0");
    const waiting = lines("object.collect", "-s", "vm/DC0_C0_RP0_VM0", "-runtime.powerState", "suspended");
    await machine.suspend();
    await waiting;
    expect(await lines("object.collect", "-s", "vm/DC0_C0_RP0_VM0", "runtime.powerState")).toEqual(["suspended"]);
    const told = lab.run(["object.collect", "-n", "3", "-s", "vm/DC0_C0_RP0_VM0", "config.annotation", "name"]);
    let done = false;
    void told.then(() => {
      done = true;
    });
    for (let i = 1; !done; i++) {
      await lab.vc.call(machine.ref, "ReconfigVM_Task", { spec: { annotation: `note ${i}` } });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { stdout } = await told;
    expect(stdout).toMatch(/note \d+\n.*note \d+\n/s);
    await machine.powerOn();
  });

  it("folder.create, folder.info, object.rename, object.mv, object.destroy", async () => {
    await lab.govc("folder.create", "vm/a", "vm/a/b");
    expect(fieldsOf(await lab.govc("folder.info", "vm/a"))).toEqual({
      Name: "a",
      Path: "/DC0/vm/a",
      Types: "Folder,VirtualMachine,VirtualApp",
      Children: "1",
    });
    expect(await lab.govc("object.rename", "vm/a/b", "c")).toMatch(/renaming Folder:group-v\d+\.\.\. OK/);
    expect(await lab.govc("object.mv", "vm/DC0_H0_VM1", "vm/a/c")).toContain("moving 1 objects to /DC0/vm/a/c... OK");
    expect(await lines("find", "vm/a")).toEqual(["vm/a", "vm/a/c", "vm/a/c/DC0_H0_VM1"]);
    const moved = await lab.vc.find.virtualMachine("/DC0/vm/a/c/DC0_H0_VM1");
    await lab.govc("object.mv", "vm/a/c/DC0_H0_VM1", "vm");
    expect(await lab.vc.find.virtualMachine("/DC0/vm/DC0_H0_VM1")).toMatchObject({ ref: moved.ref });
    await lab.govc("object.destroy", "vm/a");
    expect(await lab.refused("folder.info", "vm/a")).toBe("folder 'vm/a' not found");
    expect(await lab.refused("folder.create", "vm/DC0_H0_VM1")).toContain("already exists");
    await lab.govc("object.reload", "vm/DC0_H0_VM1");
  });

  it("pool.create, pool.change, pool.info, pool.destroy", async () => {
    await lab.govc("pool.create", "-cpu.limit", "2000", "-mem.shares", "high", "/DC0/host/DC0_C0/Resources/p1");
    await lab.govc("pool.change", "-mem.reservation", "64", "-name", "p2", "/DC0/host/DC0_C0/Resources/p1");
    const info = fieldsOf(await lab.govc("pool.info", "/DC0/host/DC0_C0/Resources/p2"));
    expect(info).toMatchObject({
      Name: "p2",
      Path: "/DC0/host/DC0_C0/Resources/p2",
      "CPU Limit": "2000MHz",
      "Mem Shares": "high",
      "Mem Reservation": "64MB (expandable=true)",
    });
    const [pool] = await lab.vc.find.resourcePools("p2");
    expect(await pool?.get("config.memoryAllocation.reservation")).toBe(64);
    await lab.govc("pool.destroy", "/DC0/host/DC0_C0/Resources/p2");
    expect(await lab.vc.find.resourcePools("p2")).toEqual([]);
  });

  it("object.save: all of it, as XML that says the same", async () => {
    await lab.govc("object.save", "-f", "-d", "saved");
    const files = readdirSync(join(lab.directory, "saved"));
    const types = new Set(files.map((name) => name.split("-")[1]));
    for (const type of ["Folder", "Datacenter", "VirtualMachine", "HostSystem", "Datastore", "EnvironmentBrowser"])
      expect(types).toContain(type);
    const machine = await lab.vc.find.virtualMachine("DC0_H0_VM0");
    const saved = files.find((name) => name.includes(`VirtualMachine-${machine.ref.value}`)) ?? "";
    expect(readFileSync(join(lab.directory, "saved", saved), "utf8")).toContain("DC0_H0_VM0");
  });
});
