import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { memoryPages } from "../../../../sdk/host/storage/accounts.ts";
import { expectConsistent } from "./invariants.ts";
import { refused, Vcenter } from "./vcenter.ts";

const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC",
      clusters: [
        { name: "C", hosts: [{ name: "H1" }, { name: "H2" }] },
        { name: "other", hosts: [{ name: "H3" }] },
      ],
      datastores: [{ name: "D1" }, { name: "D2" }, { name: "L1", hosts: ["H1"] }],
      machines: [
        {
          name: "golden",
          memoryGiB: 1,
          disks: [{ sizeGiB: 1, usedGiB: 0.01 }],
          power: "frozen",
          on: "H1",
          datastore: "D1",
        },
        {
          name: "web",
          memoryGiB: 1,
          disks: [{ sizeGiB: 1 }, { sizeGiB: 1 }],
          power: "poweredOn",
          on: "H1",
          datastore: "D1",
        },
      ],
    },
  ],
};

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory });
});
afterEach(() => {
  expectConsistent(vc);
  vc.close();
});

const pages = (host: string) => memoryPages(vc.view, vc.find("HostSystem", host).id);
const files = (name: string, disk = 0): string[] => {
  const found: string[] = [];
  for (let at = vc.machine(name).disks[disk]?.layer; at; at = at.parent)
    found.push(`[${vc.state.objects.get(at.datastore)?.name}] ${at.path}`);
  return found;
};
const migrate = (name: string, host: string) =>
  vc.vm(name, "MigrateVM_Task", { host: vc.ref("HostSystem", host), priority: "defaultPriority" });
const snapshot = (name: string, memory = false) =>
  vc.vm(name, "CreateSnapshot_Task", { name: "s", memory, quiesce: false });

describe("a machine that is migrated while it runs", () => {
  it("takes its memory along, which it has to itself then; its disks stay shared", () => {
    vc.instantClone("golden", "fork");
    vc.write("fork", undefined, 0, "mine");
    const here = pages("H1");
    migrate("fork", "H2");
    const { mapped, private: own } = vc.figures("fork");
    expect(own).toBe(mapped);
    expect([pages("H1"), pages("H2")]).toEqual([here - 1, mapped]);
    expect(vc.text("fork", undefined, 0, 4)).toBe("mine");
    expect(vc.figures("fork", 0)).toMatchObject({ private: 0 });
    expect(vc.machine("fork")).toMatchObject({ power: "poweredOn", forked: false });
    expect(
      vc
        .events()
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(["VmBeingHotMigratedEvent", "VmMigratedEvent"]);
  });

  it("is refused where the host lacks its datastore, is not of its pool or takes no work, and nothing changes", () => {
    vc.vm("web", "RelocateVM_Task", { spec: { datastore: vc.ref("Datastore", "L1") } });
    const to = (host: string) => ({ host: vc.ref("HostSystem", host), priority: "defaultPriority" }) as const;
    expect(refused(vc, "web", "MigrateVM_Task", to("H2"))).toMatchObject({ _typeName: "InvalidDatastore", name: "L1" });
    expect(refused(vc, "golden", "MigrateVM_Task", to("H3"))).toMatchObject({ _typeName: "InvalidArgument" });
    expect(refused(vc, "golden", "MigrateVM_Task", { ...to("H2"), state: "poweredOff" })).toMatchObject({
      _typeName: "InvalidState",
    });
    expect(refused(vc, "golden", "MigrateVM_Task", { priority: "defaultPriority" })).toMatchObject({
      invalidProperty: "host",
    });
  });
});

describe("a machine whose files are moved", () => {
  const move = (name: string, diskMoveType: string, more: object = {}) =>
    vc.vm(name, "RelocateVM_Task", { spec: { datastore: vc.ref("Datastore", "D2"), diskMoveType, ...more } });

  it("has all of them on the other datastore, those of its snapshots too, with what they hold", () => {
    vc.write("web", 2000, 0, "old");
    snapshot("web");
    vc.write("web", 2000, 0, "new");
    const home = vc.machine("web").datastore;
    const from = home === vc.find("Datastore", "D2").id ? "D1" : "D2";
    const before = vc.free("D1") + vc.free("D2");
    vc.vm("web", "RelocateVM_Task", { spec: { datastore: vc.ref("Datastore", from) } });
    expect(files("web").every((file) => file.startsWith(`[${from}] web/`))).toBe(true);
    expect(vc.free("D1") + vc.free("D2")).toBe(before);
    expect(vc.text("web", 2000, 0, 3)).toBe("new");
    vc.vm("web", "RevertToCurrentSnapshot_Task", {});
    expect(vc.text("web", 2000, 0, 3)).toBe("old");
    expect(vc.machine("web").datastore).toBe(vc.find("Datastore", from).id);
  });

  it("shares or copies what it is based on, as the move type says", () => {
    const made = (name: string, diskMoveType: string) => {
      vc.instantClone("golden", name, { location: { datastore: vc.ref("Datastore", "D1") } });
      move(name, diskMoveType);
      return files(name);
    };
    const own = files("golden");
    expect(made("child", "moveChildMostDiskBacking")).toEqual(["[D2] child/child-000001.vmdk", ...own]);
    expect(made("new", "createNewChildDiskBacking")).toHaveLength(own.length + 2);
    expect(made("flat", "moveAllDiskBackingsAndConsolidate")).toEqual(["[D2] flat/flat.vmdk"]);
    expect(vc.figures("flat", 0).shared).toBe(0);
    expect(made("all", "moveAllDiskBackingsAndDisallowSharing").every((file) => file.startsWith("[D2] all/"))).toBe(
      true,
    );
    for (const name of ["child", "new"]) expect(vc.figures(name, 0).private).toBe(0);
  });

  it("can have its disks in several places and formats; a datastore that is full is found out before anything changes", () => {
    const backing = { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent" } as const;
    const datastore = vc.ref("Datastore", "D2");
    const thick = { diskId: 2001, datastore, diskBackingInfo: { ...backing, thinProvisioned: false } };
    vc.vm("web", "RelocateVM_Task", { spec: { disk: [thick] } });
    expect(vc.machine("web").disks[1]?.layer).toMatchObject({
      datastore: vc.find("Datastore", "D2").id,
      thick: 2 ** 30,
    });
    expect(refused(vc, "web", "RelocateVM_Task", { spec: { disk: [{ ...thick, diskId: 9 }] } })).toMatchObject({
      invalidProperty: "spec.location.disk[0].diskId",
    });
    expect(refused(vc, "web", "RelocateVM_Task", { spec: { diskMoveType: "sideways" } })).toMatchObject({
      _typeName: "InvalidArgument",
    });
  });
});

describe("a disk", () => {
  const add = (diskMode: string) =>
    vc.vm("web", "ReconfigVM_Task", {
      spec: {
        deviceChange: [
          {
            operation: "add",
            fileOperation: "create",
            device: {
              _typeName: "VirtualDisk",
              key: -1,
              controllerKey: 1000,
              capacityInKB: 1024,
              backing: { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode, thinProvisioned: true },
            },
          },
        ],
      },
    });

  it("that is nonpersistent forgets at power off what was written, and keeps it over a suspension", () => {
    add("independent_nonpersistent");
    vc.write("web", 2002, 0, "gone");
    vc.vm("web", "SuspendVM_Task", {});
    vc.vm("web", "PowerOnVM_Task", {});
    expect(vc.text("web", 2002, 0, 4)).toBe("gone");
    vc.vm("web", "PowerOffVM_Task", {});
    expect(vc.text("web", 2002, 0, 4)).toBe("\0\0\0\0");
    expect(files("web", 2)).toHaveLength(1);
  });

  it("that is independent is not brought back, and rules snapshots with memory out", () => {
    add("independent_persistent");
    expect(refused(vc, "web", "CreateSnapshot_Task", { name: "m", memory: true, quiesce: false })).toMatchObject({
      _typeName: "MemorySnapshotOnIndependentDisk",
    });
    snapshot("web");
    vc.write("web", 2002, 0, "kept");
    vc.vm("web", "RevertToCurrentSnapshot_Task", {});
    expect(vc.text("web", 2002, 0, 4)).toBe("kept");
  });

  it("has only modes that vSphere has for it", () => {
    expect(() => add("append")).toThrow(/'append'/);
    expect(() => add("undoable")).toThrow(/Modes are/);
  });
});

describe("suspended memory", () => {
  it("takes room on the datastore, and none of the host's", () => {
    const home = vc.machine("web").datastore;
    vc.write("web", undefined, 0, "here");
    const before = pages("H1");
    vc.vm("web", "SuspendVM_Task", {});
    expect(pages("H1")).toBeLessThan(before);
    expect(vc.text("web", undefined, 0, 4)).toBe("here");
    vc.vm("web", "PowerOnVM_Task", {});
    expect(pages("H1")).toBe(before);
    expect(vc.machine("web").datastore).toBe(home);
  });
});

describe("snapshots that are removed", () => {
  it("leave chains as short as they can be, from the middle too", () => {
    for (let i = 0; i < 3; i++) snapshot("web");
    expect(files("web")).toHaveLength(4);
    const second = [...vc.state.objects.values()].find(
      (record) => record.kind === "VirtualMachineSnapshot" && record.number === 2,
    );
    vc.call({ type: "VirtualMachineSnapshot", value: `snapshot-${second?.id}` }, "RemoveSnapshot_Task", {
      removeChildren: false,
      consolidate: true,
    });
    expect(files("web")).toHaveLength(3);
    vc.vm("web", "RemoveAllSnapshots_Task", {});
    expect(files("web")).toHaveLength(1);
  });
});
