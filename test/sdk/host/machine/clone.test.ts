import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { vim } from "../../../../sdk/vim/index.ts";
import { refused, Vcenter } from "./vcenter.ts";

type Spec = Partial<vim.VirtualMachineCloneSpec>;
const page = 4096;
const GiB = 2 ** 30;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const request = (name: string, spec: Spec) => ({
  folder: vc.ref("Folder", "servers"),
  name,
  spec: { location: {}, template: false, powerOn: false, ...spec },
});
const clone = (source: string, name: string, spec: Spec = {}) => {
  vc.vm(source, "CloneVM_Task", request(name, spec));
  return vc.machine(name);
};
const fault = (source: string, spec: Spec = {}, name = "copy") =>
  refused(vc, source, "CloneVM_Task", request(name, spec));
const snapshot = (name: string) =>
  vc.vm(name, "CreateSnapshot_Task", {
    name: "base",
    memory: false,
    quiesce: false,
  }) as vim.VirtualMachineSnapshotTree["snapshot"];

describe("a full clone", () => {
  it("has its source's configuration and bytes, switched off, and shares none of them", () => {
    vc.write("web-01", 0, 123, "content");
    const free = vc.free("vmfs-01");
    const { unique } = vc.pages;
    const { mapped } = vc.figures("web-01", 0);
    const copy = clone("web-01", "copy");
    expect(copy).toMatchObject({
      power: "poweredOff",
      base: vc.machine("web-01").base,
      source: vc.machine("web-01").id,
    });
    expect(vc.text("copy", 0, 123, 7)).toBe("content");
    expect(vc.figures("copy", 0)).toEqual({ size: 40 * GiB, mapped, private: mapped, shared: 0 });
    expect(vc.pages.unique - unique).toBe(mapped);
    expect(free - vc.free("vmfs-01")).toBeGreaterThanOrEqual(mapped * page);
    expect(copy.disks[0]?.layer).toMatchObject({ path: "copy/copy.vmdk", depth: 1 });
    vc.write("copy", 0, 123, "changed");
    expect(vc.text("web-01", 0, 123, 7)).toBe("content");
    expect(vc.pages.unique - unique).toBe(mapped);
    expect(vc.events().map(({ type }) => type)).toEqual(["VmBeingClonedEvent", "VmClonedEvent"]);
  });

  it("is a snapshot's, where one is named", () => {
    vc.write("web-01", 0, 0, "then");
    const base = snapshot("web-01");
    vc.write("web-01", 0, 0, "now!");
    clone("web-01", "copy", { snapshot: base });
    expect(vc.text("copy", 0, 0, 4)).toBe("then");
  });

  it("takes its configuration from the clone's specification on top", () => {
    const config = { numCPUs: 8, annotation: "a copy", extraConfig: [{ key: "a", value: "b" }] };
    const copy = clone("web-01", "copy", { config });
    expect(copy.base).toMatchObject({ numCPU: 8, annotation: "a copy", memoryMB: 4096 });
    expect(vc.machine("web-01").base.numCPU).toBe(2);
  });

  it("is powered on when asked for", () => {
    expect(clone("web-01", "copy", { powerOn: true }).power).toBe("poweredOn");
  });

  it("goes to the folder, pool, host and datastore that it is told", () => {
    const location = {
      pool: vc.ref("ResourcePool", "desktops"),
      host: vc.ref("HostSystem", "esx-01.lab.local"),
      datastore: vc.ref("Datastore", "local-01"),
    };
    const copy = clone("web-01", "copy", { location });
    expect(copy).toMatchObject({
      parent: vc.find("Folder", "servers").id,
      pool: vc.find("ResourcePool", "desktops").id,
      host: vc.find("HostSystem", "esx-01.lab.local").id,
      datastore: vc.find("Datastore", "local-01").id,
    });
  });

  it("can be thicker than its source", () => {
    const free = vc.free("vmfs-01");
    clone("web-01", "copy", { location: { transform: "flat" } });
    expect(free - vc.free("vmfs-01")).toBeGreaterThanOrEqual(40 * GiB);
  });

  it("of a template needs a pool, and can be a template itself", () => {
    expect(fault("ubuntu-template")).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "spec.location.pool",
    });
    const copy = clone("ubuntu-template", "copy", { location: { pool: vc.ref("ResourcePool", "servers") } });
    expect(copy).toMatchObject({ template: false, pool: vc.find("ResourcePool", "servers").id });
    expect(clone("ubuntu-template", "other", { template: true })).toMatchObject({ template: true, pool: 0 });
  });

  it("of a fork has all that the fork sees", () => {
    vc.instantClone("golden", "desk-1");
    vc.write("desk-1", 0, 0, "mine");
    const { mapped } = vc.figures("desk-1", 0);
    clone("desk-1", "copy");
    expect(vc.text("copy", 0, 0, 4)).toBe("mine");
    expect(vc.figures("copy", 0)).toMatchObject({ mapped, shared: 0 });
  });
});

describe("a linked clone", () => {
  const location = { diskMoveType: "createNewChildDiskBacking" } as const;

  it("is based on a snapshot and costs no blocks", () => {
    const { unique } = vc.pages;
    const copy = clone("web-01", "copy", { location, snapshot: snapshot("web-01") });
    expect(vc.pages.unique).toBe(unique);
    expect(vc.figures("copy", 0)).toMatchObject({ private: 0 });
    expect(copy.disks[0]?.layer).toMatchObject({
      path: "copy/copy-000001.vmdk",
      depth: 2,
      parent: { path: "web-01/web-01.vmdk" },
    });
  });

  it("lives on when its source and the snapshot are gone", () => {
    vc.write("web-01", 0, 0, "base");
    clone("web-01", "copy", { location, snapshot: snapshot("web-01") });
    vc.vm("web-01", "RemoveAllSnapshots_Task", {});
    vc.vm("web-01", "PowerOffVM_Task", {});
    vc.vm("web-01", "Destroy_Task", {});
    expect(vc.text("copy", 0, 0, 4)).toBe("base");
    expect(vc.find("Datastore", "vmfs-01").directories.has("web-01")).toBe(true);
    vc.vm("copy", "Destroy_Task", {});
    expect(vc.find("Datastore", "vmfs-01").directories.has("web-01")).toBe(false);
  });

  it("needs a snapshot of its source", () => {
    expect(fault("web-01", { location })).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "spec.snapshot",
    });
    const other = snapshot("web-02");
    expect(fault("web-01", { location, snapshot: other })).toMatchObject({ invalidProperty: "spec.snapshot" });
  });
});

describe("a clone is refused, and nothing changes,", () => {
  it("by a name that is taken, or in a folder that is not for machines", () => {
    expect(fault("web-01", {}, "web-02")._typeName).toBe("DuplicateName");
    const args = { ...request("copy", {}), folder: vc.ref("Folder", "host") };
    expect(refused(vc, "web-01", "CloneVM_Task", args)).toMatchObject({ invalidProperty: "folder" });
  });

  it("onto a datastore or host that does not fit", () => {
    const datastore = vc.ref("Datastore", "local-01");
    expect(fault("web-02", { location: { datastore } })._typeName).toBe("InvalidDatastore");
  });

  it("where there is no room for its blocks", () => {
    const { id } = vc.find("Datastore", "vmfs-01");
    vc.host.universe.transact((tx) =>
      tx.change("Datastore", id, ({ fileBytes }) => ({ fileBytes: fileBytes + vc.free("vmfs-01") - 2 * 2 ** 20 })),
    );
    expect(fault("web-01")).toMatchObject({ _typeName: "NoDiskSpace", file: "[vmfs-01] copy/copy.vmdk" });
  });

  it("with what is not simulated, which is named", () => {
    const customization = { globalIPSettings: {}, identity: { _typeName: "CustomizationIdentitySettings" } } as const;
    expect(fault("web-01", { customization }).message).toContain("spec.customization");
    expect(
      fault("web-01", { location: { profile: [{ _typeName: "VirtualMachineDefaultProfileSpec" }] } }).message,
    ).toContain("spec.location.profile");
    expect(fault("web-01", { config: { nestedHVEnabled: true } }).message).toContain("spec.config.nestedHVEnabled");
  });
});
