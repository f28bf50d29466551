import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { extraConfigOf } from "../../../../sdk/host/machine/extra-config.ts";
import { all } from "../../../../sdk/host/state/several.ts";
import { fileSizes } from "../../../../sdk/host/storage/files.ts";
import { Vcenter } from "./vcenter.ts";

const page = 4096;
const GiB = 2 ** 30;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

describe("an instant clone of a frozen machine", () => {
  it("runs, with the memory and the disks of its source, and owns none of them", () => {
    const golden = vc.machine("golden");
    const unique = vc.pages.unique;
    const clone = vc.instantClone("golden", "desk-1");
    expect(clone).toMatchObject({ power: "poweredOn", frozen: false, host: golden.host, parent: golden.parent });
    expect(vc.pages.figures(clone.memory)).toEqual({ size: 8 * GiB, mapped: 2 ** 21, private: 0, shared: 2 ** 21 });
    expect(vc.pages.figures(clone.disks[0]?.space ?? 0)).toMatchObject({ size: 40 * GiB, private: 0 });
    expect(vc.pages.unique).toBe(unique);
    expect(vc.machine("golden")).toBe(golden);
  });

  it("is its own machine: what either writes, the other and its siblings do not see", () => {
    for (const name of ["desk-1", "desk-2"]) vc.instantClone("golden", name);
    vc.write("golden", undefined, 0, "golden");
    vc.write("desk-1", undefined, 0, "one");
    vc.write("desk-1", 0, 8192, "disk of one");
    expect(vc.text("desk-1", undefined, 0, 3)).toBe("one");
    expect(vc.text("golden", undefined, 0, 6)).toBe("golden");
    expect(vc.text("desk-2", undefined, 0, 6)).not.toBe("golden");
    expect(vc.text("desk-1", 2000, 8192, 11)).toBe("disk of one");
    expect(vc.text("desk-2", 2000, 8192, 11)).not.toBe("disk of one");
    expect(vc.figures("desk-1")).toMatchObject({ mapped: 2 ** 21, private: 1, shared: 2 ** 21 - 1 });
    // Source and clone have replaced the page that all three shared: what it was is the other clone's alone.
    expect(vc.figures("desk-2")).toMatchObject({ private: 1 });
    expect(vc.figures("golden")).toMatchObject({ private: 1 });
  });

  it("has a disk file of its own above the one that all its siblings share", () => {
    const [one, two] = ["desk-1", "desk-2"].map((name) => vc.instantClone("golden", name));
    const base = vc.machine("golden").disks[0]?.layer;
    expect(one?.disks[0]?.layer).toMatchObject({ path: "desk-1/desk-1-000001.vmdk", depth: 2 });
    expect(one?.disks[0]?.layer.parent).toBe(base);
    expect(two?.disks[0]?.layer.parent).toBe(base);
    expect(base).toMatchObject({ path: "golden/golden.vmdk", depth: 1 });
  });

  it("leaves the file that it is based on alone when its source is written to", () => {
    vc.instantClone("golden", "desk-1");
    const before = vc.machine("golden");
    vc.write("golden", 0, 0, "new");
    const after = vc.machine("golden").disks[0]?.layer;
    expect(after).toMatchObject({ path: "golden/golden-000001.vmdk", depth: 2, parent: before.disks[0]?.layer });
    vc.write("golden", 0, 0, "more");
    expect(vc.machine("golden").disks[0]?.layer).toBe(after);
  });

  it("is in the folder, the pool, on the host, the datastore and the network of its source", () => {
    const { id, host, pool, datastore, parent } = vc.instantClone("golden", "desk-1");
    expect(vc.state.objects.get(parent)).toMatchObject({ kind: "Folder", name: "vm" });
    for (const [where, name] of [
      ["HostSystem", "esx-01.lab.local"],
      ["ResourcePool", "Resources"],
      ["Datastore", "vmfs-01"],
      ["Network", "desktops"],
    ] as const)
      expect(vc.find(where, name).vms.has(id), name).toBe(true);
    expect([host, pool, datastore]).toEqual([
      vc.machine("golden").host,
      vc.machine("golden").pool,
      vc.machine("golden").datastore,
    ]);
  });

  it("goes where its location says", () => {
    const location = {
      folder: vc.ref("Folder", "desktops"),
      pool: vc.ref("ResourcePool", "desktops"),
      datastore: vc.ref("Datastore", "local-01"),
    };
    const free = vc.free("local-01");
    const clone = vc.instantClone("golden", "desk-1", { location });
    expect(vc.state.objects.get(clone.parent)?.name).toBe("desktops");
    expect(vc.find("ResourcePool", "desktops").vms.has(clone.id)).toBe(true);
    expect(clone.disks[0]?.layer.datastore).toBe(vc.find("Datastore", "local-01").id);
    for (const store of ["local-01", "vmfs-01"]) expect(vc.find("Datastore", store).vms.has(clone.id)).toBe(true);
    const { vmx, vmsd, vmxf, nvram, log, descriptor } = fileSizes;
    expect(free - vc.free("local-01")).toBe(vmx + vmsd + vmxf + nvram.bios + log + descriptor);
    vc.write("desk-1", 0, 0, new Uint8Array(3 * page).fill(1));
    vc.write("desk-1", undefined, 0, new Uint8Array(2 * page).fill(1));
    expect(free - vc.free("local-01")).toBe(vmx + vmsd + vmxf + nvram.bios + log + descriptor + 5 * page);
  });

  it("keeps its directory apart from one of the same name", () => {
    vc.instantClone("golden", "desk-1");
    vc.instantClone("golden", "desk-1", { location: { folder: vc.ref("Folder", "desktops") } });
    const other = [...vc.state.objects.values()].find((r) => r.kind === "VirtualMachine" && r.directory === "desk-1_1");
    expect(other).toMatchObject({ name: "desk-1" });
  });

  it("can be given names that no path could hold", () => {
    for (const name of ["a/b", "50%", "back\\slash", 'quo"te', "émoji 🖥", "[x] y", "..", "tab\there"]) {
      const sent = name.replace(/[%/\\]/g, (c) => encodeURIComponent(c).toLowerCase());
      vc.vm("golden", "InstantClone_Task", { spec: { name: sent, location: {} } });
      const clone = vc.machine(name);
      expect(clone.directory).not.toMatch(/[/\\[\]"\t]|^\.+$/);
    }
  });

  it("tells in an event whose clone it is", () => {
    const clone = vc.instantClone("golden", "desk-1");
    const event = vc.events().at(-1);
    expect(event).toMatchObject({ type: "EventEx", eventTypeId: "com.vmware.vc.VmInstantClonedEvent", vm: clone.id });
    expect(event?.more?.arguments).toEqual([{ key: "sourceVm", value: "golden" }]);
  });

  it("has its source's configuration, and what it is told through guestinfo on top", () => {
    vc.vm("golden", "ReconfigVM_Task", {
      spec: {
        extraConfig: [
          { key: "a", value: "1" },
          { key: "b", value: "2" },
        ],
      },
    });
    const config = [
      { key: "guestinfo.ic.hostname", value: "desk-1" },
      { key: "b", value: "" },
      { key: "config.hardware.numCPU", value: 16 },
    ];
    const clone = vc.instantClone("golden", "desk-1", { config });
    expect(extraConfigOf(clone)).toEqual({ a: "1", "guestinfo.ic.hostname": "desk-1", "config.hardware.numCPU": "16" });
    expect(clone.base).toBe(vc.machine("golden").base);
    expect(clone.base.numCPU).toBe(2);
    expect(extraConfigOf(vc.machine("golden"))).toEqual({ a: "1", b: "2" });
  });

  it("resumes as who guestinfo says it is", () => {
    const config = [
      { key: "guestinfo.ic.hostname", value: "desk-1" },
      { key: "guestinfo.ic.ipaddress", value: "10.0.0.7" },
    ];
    const clone = vc.instantClone("golden", "desk-1", { config });
    expect(clone.guest).toMatchObject({ hostName: "desk-1", ipAddress: "10.0.0.7" });
    expect([...all(vc.state.guests, "ip:10.0.0.7")]).toEqual([clone.id]);
    const twin = vc.instantClone("golden", "desk-2");
    expect(twin.guest).toBe(vc.machine("golden").guest);
    expect([...all(vc.state.guests, "golden")]).toEqual([vc.machine("golden").id, twin.id]);
  });

  it("can be given its BIOS UUID, by which it is found", () => {
    const uuid = "42001234-ABCD-4321-8765-0123456789AB";
    const clone = vc.instantClone("golden", "desk-1", { biosUuid: uuid });
    expect(clone.uuid).toBe(uuid.toLowerCase());
    expect([...all(vc.state.uuids, `bios:${uuid.toLowerCase()}`)]).toEqual([clone.id]);
  });

  it("can be forked in turn, and shares the base of its source", () => {
    vc.instantClone("golden", "desk-1");
    const second = vc.instantClone("desk-1", "desk-1-1");
    expect(second.base).toBe(vc.machine("golden").base);
    expect(second.disks[0]?.layer.depth).toBe(3);
    expect(second.source).toBe(vc.machine("desk-1").id);
  });
});

describe("an instant clone of a machine that runs", () => {
  it("adds a file to each side's chain with every clone", () => {
    for (let n = 1; n <= 5; n++) {
      const below = vc.machine("web-01").disks[0]?.layer;
      const clone = vc.instantClone("web-01", `copy-${n}`);
      expect(clone.disks[0]?.layer).toMatchObject({ depth: n + 1, parent: below });
      expect(vc.machine("web-01").disks[0]?.layer).toMatchObject({
        depth: n + 1,
        parent: below,
        path: `web-01/web-01-00000${n}.vmdk`,
      });
    }
  });

  it("is none the wiser: it shows the same name and address", () => {
    const config = [{ key: "guestinfo.ic.hostname", value: "other" }];
    const clone = vc.instantClone("web-01", "copy", { config });
    expect(clone.guest).toBe(vc.machine("web-01").guest);
    expect([...all(vc.state.guests, "ip:192.168.10.11")]).toEqual([vc.machine("web-01").id, clone.id]);
  });

  it("warns when the chain has more than 100 files, and fails when it has 255", () => {
    const warnings = () => vc.events().filter(({ type }) => type === "VmMessageWarningEvent").length;
    for (let n = 2; n <= 100; n++) vc.instantClone("web-01", `copy-${n}`);
    expect(warnings()).toBe(0);
    for (let n = 101; n <= 255; n++) vc.instantClone("web-01", `copy-${n}`);
    expect(warnings()).toBe(1);
    expect(vc.machine("web-01").disks[0]?.layer.depth).toBe(255);
    const fault = vc.fault("web-01", "InstantClone_Task", { spec: { name: "one-more", location: {} } });
    expect(fault).toMatchObject({
      _typeName: "SystemError",
      reason: "launch failure",
      faultCause: {
        fault: { _typeName: "GenericVmConfigFault", faultMessage: [{ key: "msg.migrate.prepare.failed" }] },
      },
    });
    expect(vc.fault("copy-255", "InstantClone_Task", { spec: { name: "x", location: {} } })._typeName).toBe(
      "SystemError",
    );
  });
});
