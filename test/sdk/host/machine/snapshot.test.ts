import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { numberIn, refOf } from "../../../../sdk/host/state/id.ts";
import type { SnapshotRecord } from "../../../../sdk/host/state/snapshot-record.ts";
import { everything, faultOf, refused, Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

function snapshot(machine: string, name: string, memory = false): SnapshotRecord {
  const ref = vc.vm(machine, "CreateSnapshot_Task", { name, description: "why", memory, quiesce: false });
  const found = vc.state.objects.get(numberIn(String(Object(ref).value)));
  if (found?.kind !== "VirtualMachineSnapshot") throw new Error("no snapshot");
  return found;
}
const revert = (to: SnapshotRecord) => vc.call(refOf(to), "RevertToSnapshot_Task", {});
const remove = (gone: SnapshotRecord, removeChildren = false) =>
  vc.call(refOf(gone), "RemoveSnapshot_Task", { removeChildren });
const chain = (name: string) => vc.machine(name).disks[0]?.layer;

describe("a snapshot", () => {
  it("costs no blocks, and puts an empty file above what is kept", () => {
    const { unique } = vc.pages;
    const taken = snapshot("web-01", "one");
    expect(vc.pages.unique).toBe(unique);
    expect(taken).toMatchObject({ name: "one", description: "why", number: 1, parent: vc.machine("web-01").id });
    expect(chain("web-01")).toMatchObject({ path: "web-01/web-01-000001.vmdk", depth: 2 });
    expect(vc.machine("web-01").snapshots).toEqual({ current: taken.id, roots: [taken.id], taken: 1 });
  });

  it("brings disks and configuration back, and without memory leaves the machine off", () => {
    vc.write("web-01", 0, 0, "then");
    const taken = snapshot("web-01", "one");
    vc.write("web-01", 0, 0, "now!");
    vc.vm("web-01", "ReconfigVM_Task", { spec: { annotation: "changed" } });
    revert(taken);
    expect(vc.text("web-01", 0, 0, 4)).toBe("then");
    expect(vc.machine("web-01")).toMatchObject({ power: "poweredOff", memory: 0 });
    expect(vc.machine("web-01").base.annotation).toBe("");
    vc.write("web-01", 0, 0, "else");
    revert(taken);
    expect(vc.text("web-01", 0, 0, 4)).toBe("then");
  });

  it("with memory brings the running guest back", () => {
    vc.write("web-01", undefined, 0, "then");
    const taken = snapshot("web-01", "one", true);
    vc.write("web-01", undefined, 0, "now!");
    vc.vm("web-01", "PowerOffVM_Task", {});
    revert(taken);
    expect(vc.machine("web-01").power).toBe("poweredOn");
    expect(vc.text("web-01", undefined, 0, 4)).toBe("then");
    vc.vm("web-01", "RevertToCurrentSnapshot_Task", { suppressPowerOn: true });
    expect(vc.machine("web-01").power).toBe("poweredOff");
  });

  it("gives all that it held back when it is removed", () => {
    const figures = () => [vc.pages.unique, vc.free("vmfs-01"), vc.state.bases.size, vc.state.objects.size];
    const before = figures();
    const taken = snapshot("web-01", "one", true);
    vc.write("web-01", 0, 0, "x");
    expect(figures()).not.toEqual(before);
    remove(taken);
    expect(vc.machine("web-01").snapshots).toEqual({ current: 0, roots: [], taken: 1 });
    // The delta was merged: its block took the place of the one below.
    expect(chain("web-01")).toMatchObject({ path: "web-01/web-01.vmdk", depth: 1 });
    expect(figures()).toEqual(before);
  });

  it("stands in a tree, from which it can be taken with or without what follows on it", () => {
    const a = snapshot("web-01", "a");
    const b = snapshot("web-01", "b");
    revert(a);
    const c = snapshot("web-01", "c");
    const tree = () =>
      [...vc.state.objects.values()].flatMap((r) =>
        r.kind === "VirtualMachineSnapshot" ? [[r.name, r.above, r.below]] : [],
      );
    expect(tree()).toEqual([
      ["a", 0, [b.id, c.id]],
      ["b", a.id, []],
      ["c", a.id, []],
    ]);
    remove(a);
    expect(vc.machine("web-01").snapshots).toEqual({ current: c.id, roots: [b.id, c.id], taken: 3, reverted: 1 });
    expect(tree()).toEqual([
      ["b", 0, []],
      ["c", 0, []],
    ]);
    vc.vm("web-01", "RemoveAllSnapshots_Task", {});
    expect(tree()).toEqual([]);
    expect(vc.state.bases.size).toBe(0);
  });

  it("goes with its machine", () => {
    const before = [vc.pages.unique, vc.free("vmfs-01")];
    vc.vm("web-01", "CloneVM_Task", {
      folder: vc.ref("Folder", "servers"),
      name: "copy",
      spec: { location: {}, template: false, powerOn: false },
    });
    snapshot("copy", "one");
    vc.write("copy", 0, 0, "x");
    vc.vm("copy", "Destroy_Task", {});
    expect([vc.pages.unique, vc.free("vmfs-01"), vc.state.bases.size]).toEqual([...before, 0]);
  });

  it("can be renamed", () => {
    const taken = snapshot("web-01", "one");
    vc.call(refOf(taken), "RenameSnapshot", { name: "two" });
    expect(vc.state.objects.get(taken.id)).toMatchObject({ name: "two", description: "why" });
  });

  it("does not keep disks that are independent of snapshots", () => {
    const backing = {
      _typeName: "VirtualDiskFlatVer2BackingInfo",
      fileName: "",
      diskMode: "independent_persistent",
      thinProvisioned: true,
    } as const;
    const device = { _typeName: "VirtualDisk", key: -1, controllerKey: 1000, capacityInKB: 1024, backing } as const;
    vc.vm("build-01", "ReconfigVM_Task", {
      spec: { deviceChange: [{ operation: "add", fileOperation: "create", device }] },
    });
    vc.write("build-01", 2001, 0, "before");
    const taken = snapshot("build-01", "one");
    vc.write("build-01", 2001, 0, "after!");
    revert(taken);
    expect(vc.text("build-01", 2001, 0, 6)).toBe("after!");
    vc.vm("build-01", "PowerOnVM_Task", {});
    expect(refused(vc, "build-01", "CreateSnapshot_Task", { name: "m", memory: true, quiesce: false })._typeName).toBe(
      "MemorySnapshotOnIndependentDisk",
    );
  });

  it("is refused without a name, of a template, and on 32 others", () => {
    const args = { memory: false, quiesce: false };
    expect(refused(vc, "web-01", "CreateSnapshot_Task", { ...args, name: "" })._typeName).toBe("InvalidName");
    expect(refused(vc, "ubuntu-template", "CreateSnapshot_Task", { ...args, name: "x" })._typeName).toBe(
      "InvalidState",
    );
    for (let n = 0; n < 32; n++) snapshot("web-01", `s${n}`);
    expect(refused(vc, "web-01", "CreateSnapshot_Task", { ...args, name: "x" })._typeName).toBe(
      "TooManySnapshotLevels",
    );
  });

  it("is not found where there is none", () => {
    expect(refused(vc, "web-01", "RevertToCurrentSnapshot_Task", {})._typeName).toBe("NotFound");
    const taken = snapshot("web-01", "one");
    remove(taken);
    const before = everything(vc);
    expect(faultOf(() => revert(taken))._typeName).toBe("ManagedObjectNotFound");
    expect(everything(vc)).toEqual(before);
  });
});
