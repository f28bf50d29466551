import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectConsistent } from "./invariants.ts";
import { faultOf, refused, Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const off = (name: string) => vc.vm(name, "PowerOffVM_Task", {});
const destroy = (name: string) => vc.vm(name, "Destroy_Task", {});
const directories = () => [...vc.find("Datastore", "vmfs-01").directories.keys()].sort();

describe("a machine that is destroyed", () => {
  it("leaves nothing behind: neither bytes nor names nor keys to find it by", () => {
    const { state, pages } = vc;
    const figures = [pages.unique, vc.free("vmfs-01"), directories()];
    const config = [{ key: "guestinfo.ic.hostname", value: "desk-1" }];
    const { id } = vc.instantClone("golden", "desk-1", { config, biosUuid: "42000000-0000-4000-8000-000000000001" });
    vc.write("desk-1", undefined, 0, "memory");
    vc.write("desk-1", 0, 0, "disk");
    off("desk-1");
    destroy("desk-1");
    expect([pages.unique, vc.free("vmfs-01"), directories()]).toEqual(figures);
    for (const table of ["objects", "uuids", "guests", "bases", "loose", "unregistered"] as const)
      expect(vc.state[table].size, table).toBe(state[table].size);
    for (const record of vc.state.objects.values())
      if ("vms" in record) expect(record.vms.has(id), record.name).toBe(false);
    expect(vc.find("HostSystem", "esx-01.lab.local").reservedBytes).toBe(reserved(state));
    expect(vc.events().at(-1)).toMatchObject({ type: "VmRemovedEvent", vmName: "desk-1" });
  });

  it("must not run", () => {
    expect(refused(vc, "web-01", "Destroy_Task", {})).toMatchObject({
      _typeName: "InvalidPowerState",
      existingState: "poweredOn",
      requestedState: "poweredOff",
    });
  });

  it("leaves the files that forks are based on, until the last of those goes", () => {
    const before = directories();
    for (const name of ["a", "b"]) vc.instantClone("golden", name);
    vc.instantClone("a", "a-1");
    off("golden");
    destroy("golden");
    expect(directories()).toEqual([...before, "a", "a-1", "b"].sort());
    vc.write("b", 0, 0, "alive");
    for (const name of ["a", "b"]) {
      off(name);
      destroy(name);
    }
    // `a` runs on in a-1: its file stays with golden's below it.
    expect(directories()).toEqual([...before, "a", "a-1"].sort());
    off("a-1");
    destroy("a-1");
    expect(directories()).toEqual(before.filter((name) => name !== "golden"));
    expect(vc.state.bases.size).toBe(0);
  });

  it("leaves its name free for another, beside files of the old one", () => {
    vc.instantClone("golden", "desk-1");
    off("golden");
    destroy("golden");
    const again = vc.instantClone("desk-1", "golden");
    expect(again.directory).toBe("golden_1");
  });

  it("takes the memory that its forks share along only when they are gone", () => {
    vc.instantClone("golden", "desk-1");
    const { unique } = vc.pages;
    off("golden");
    destroy("golden");
    expect(vc.pages.unique).toBe(unique);
    off("desk-1");
    expect(vc.pages.unique).toBe(unique - 2 ** 21);
  });
});

const reserved = (state: Vcenter["state"]) => {
  for (const record of state.objects.values())
    if (record.kind === "HostSystem" && record.name === "esx-01.lab.local") return record.reservedBytes;
  return undefined;
};

describe("a machine that is taken out of the inventory", () => {
  it("keeps its files and its place on the datastore", () => {
    const free = vc.free("vmfs-01");
    const { unique } = vc.pages;
    const { id } = vc.machine("build-01");
    vc.vm("build-01", "UnregisterVM", {});
    expect(() => vc.machine("build-01")).toThrow();
    expect([vc.free("vmfs-01"), vc.pages.unique, directories().includes("build-01")]).toEqual([free, unique, true]);
    expect(vc.find("Datastore", "vmfs-01").vms.has(id)).toBe(false);
  });

  it("comes back with all it had", () => {
    vc.vm("build-01", "ReconfigVM_Task", { spec: { uuid: "42000000-0000-4000-8000-000000000001" } });
    vc.write("build-01", 0, 0, "kept");
    const before = vc.machine("build-01");
    const free = vc.free("vmfs-01");
    vc.vm("build-01", "UnregisterVM", {});
    const folder = vc.ref("Folder", "desktops");
    const args = { path: "[vmfs-01] build-01/build-01.vmx", asTemplate: false };
    const pool = vc.ref("ResourcePool", "servers");
    vc.call(folder, "RegisterVM_Task", { ...args, name: "build-02", pool });
    const { id } = vc.find("Folder", "desktops");
    expect(vc.machine("build-02")).toEqual({
      ...before,
      name: "build-02",
      parent: id,
      host: vc.machine("build-02").host,
    });
    expect([vc.text("build-02", 0, 0, 4), vc.free("vmfs-01"), vc.state.uuids.size]).toEqual(["kept", free, 1]);
    expectConsistent(vc);
    expect(faultOf(() => vc.call(folder, "RegisterVM_Task", { ...args, pool }))._typeName).toBe("NotFound");
  });

  it("must not run", () => {
    expect(refused(vc, "web-01", "UnregisterVM", {})._typeName).toBe("InvalidPowerState");
  });
});

describe("templates", () => {
  it("are machines that are off, in no pool, and come back into one", () => {
    expect(refused(vc, "web-01", "MarkAsTemplate", {})._typeName).toBe("InvalidPowerState");
    const { id, pool } = vc.machine("build-01");
    vc.vm("build-01", "MarkAsTemplate", {});
    expect(vc.machine("build-01")).toMatchObject({ template: true, pool: 0 });
    expect(vc.find("ResourcePool", "servers").vms.has(id)).toBe(false);
    expect(refused(vc, "build-01", "MarkAsTemplate", {})._typeName).toBe("InvalidState");
    vc.vm("build-01", "MarkAsVirtualMachine", { pool: vc.ref("ResourcePool", "servers") });
    expect(vc.machine("build-01")).toMatchObject({ template: false, pool });
    expect(vc.find("ResourcePool", "servers").vms.has(id)).toBe(true);
    expect(refused(vc, "build-01", "MarkAsVirtualMachine", { pool: vc.ref("ResourcePool", "servers") })._typeName).toBe(
      "InvalidState",
    );
  });
});
