import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Store } from "./store.ts";

let vc: Store;
beforeEach(() => {
  vc = new Store();
});
afterEach(() => vc.close());

const everything = { fileType: true, fileSize: true, modification: true, fileOwner: true };

describe("a datastore's browser", () => {
  it("shows what a machine's directory has on a real one", () => {
    expect(vc.names("[vmfs-01] golden")).toEqual([
      "golden-flat.vmdk",
      "golden.nvram",
      "golden.vmdk",
      "golden.vmsd",
      "golden.vmx",
      "golden.vmxf",
      "golden.vswp",
      "vmware.log",
    ]);
    vc.instantClone("golden", "desk");
    expect(vc.names("[vmfs-01] desk")).toEqual(
      ["-000001-sesparse.vmdk", "-000001.vmdk", ".nvram", ".vmsd", ".vmx", ".vmxf", ".vswp"]
        .map((suffix) => `desk${suffix}`)
        .concat("vmware.log"),
    );
    vc.vm("desk", "SuspendVM_Task", {});
    expect(vc.names("[vmfs-01] desk", { matchPattern: ["*.vm?s", "*.vmem"] })).toEqual(["desk.vmem", "desk.vmss"]);
    expect(vc.names("[vmfs-01]")).toContain("desk");
  });

  it("says of each file what it is asked, as what it is asked for", () => {
    vc.makeDirectory("[vmfs-01] golden/more");
    const found = (query: string, details?: object) =>
      vc.search("[vmfs-01] golden", {
        query: [{ _typeName: query, ...(details ? { details } : {}) } as never],
        details: everything,
      });
    const [disk, ...others] = found("VmDiskFileQuery", {
      diskType: true,
      capacityKb: true,
      hardwareVersion: true,
      controllerType: true,
      diskExtents: true,
      thin: true,
    });
    expect(others).toEqual([]);
    expect(disk).toMatchObject({
      _typeName: "VmDiskFileInfo",
      path: "golden.vmdk",
      capacityKb: 40 * 2 ** 20,
      hardwareVersion: 21,
      controllerType: "ParaVirtualSCSIController",
      diskExtents: ["[vmfs-01] golden/golden-flat.vmdk"],
      thin: true,
      owner: "root",
    });
    expect(found("VmConfigFileQuery", { configVersion: true })).toMatchObject([
      { _typeName: "VmConfigFileInfo", path: "golden.vmx", configVersion: 8 },
    ]);
    expect(found("FolderFileQuery")).toMatchObject([{ _typeName: "FolderFileInfo", path: "more" }]);
    expect(found("VmLogFileQuery")).toMatchObject([{ _typeName: "VmLogFileInfo", path: "vmware.log" }]);
    expect(found("VmNvramFileQuery")).toMatchObject([{ _typeName: "VmNvramFileInfo", fileSize: 8684 }]);
    expect(found("IsoImageFileQuery")).toEqual([]);
    const plain = vc.search("[vmfs-01] golden", { sortFoldersFirst: true });
    expect(plain[0]).toEqual({ _typeName: "FileInfo", path: "more" });
  });

  it("shows sizes that are those of the files: what was written to a disk, and whole texts", () => {
    vc.instantClone("golden", "desk");
    const size = (path: string) =>
      vc.search("[vmfs-01] desk", { details: everything }).find((file) => file.path === path)?.fileSize;
    expect(size("desk-000001-sesparse.vmdk")).toBe(0);
    vc.write("desk", 0, 0, new Uint8Array(3 * 4096).fill(1));
    vc.write("desk", undefined, 0, new Uint8Array(2 * 4096).fill(1));
    expect([size("desk-000001-sesparse.vmdk"), size("desk.vswp")]).toEqual([3 * 4096, 2 * 4096]);
    const before = Number(size("vmware.log"));
    vc.vm("desk", "CreateSnapshot_Task", { name: "now", memory: true, quiesce: false });
    expect(Number(size("vmware.log"))).toBeGreaterThan(before);
    expect(size("desk-Snapshot1.vmem")).toBe(vc.machine("desk").base.memoryMB * 2 ** 20);
  });

  it("filters disks", () => {
    vc.createDisk("[vmfs-01] golden/thick.vmdk", 2048, "eagerZeroedThick");
    const disks = (filter: object) =>
      vc.names("[vmfs-01] golden", { query: [{ _typeName: "VmDiskFileQuery", filter } as never] });
    expect(disks({ thin: false })).toEqual(["thick.vmdk"]);
    expect(disks({ controllerType: ["ParaVirtualSCSIController"] })).toEqual(["golden.vmdk"]);
    expect(disks({ matchHardwareVersion: [4] })).toEqual([]);
    expect(disks({})).toEqual(["golden.vmdk", "thick.vmdk"]);
  });

  it("goes through all directories below one", () => {
    vc.makeDirectory("[vmfs-01] a/b/c", true);
    vc.createDisk("[vmfs-01] a/b/data.vmdk");
    const found = vc.below("[vmfs-01]", { matchPattern: ["*.vmdk"] });
    expect(found.map(({ folderPath, file }) => [folderPath, file?.map(({ path }) => path)])).toEqual([
      ["[vmfs-01]", []],
      ["[vmfs-01] a/b/", ["data-flat.vmdk", "data.vmdk"]],
      ...["build-01", "db-01", "golden"].map((name) => [`[vmfs-01] ${name}/`, [`${name}-flat.vmdk`, `${name}.vmdk`]]),
      ...found.slice(5).map(() => [expect.any(String), expect.any(Array)]),
    ]);
  });

  it("belongs to a host as well, and sees what that has mounted", () => {
    const host = vc.find("HostSystem", "esx-01.lab.local");
    const browser = { type: "HostDatastoreBrowser", value: `datastoreBrowser-host-${host.id}` } as const;
    const search = (datastorePath: string) => vc.call(browser, "SearchDatastore_Task", { datastorePath });
    expect(search("[vmfs-01] golden")).toMatchObject({ folderPath: "[vmfs-01] golden/" });
    expect(vc.refusal(() => search("[nowhere] golden"))).toMatchObject({ _typeName: "InvalidDatastore" });
  });

  it("refuses what is no directory, and paths that are none", () => {
    const fault = (path: string) => vc.refusal(() => vc.search(path))._typeName;
    expect(fault("[vmfs-01] nothing")).toBe("FileNotFound");
    expect(fault("[vmfs-01] golden/golden.vmx")).toBe("InvalidArgument");
    for (const path of [
      "",
      "vmfs-01",
      "[] a",
      "[vmfs-01] ..",
      "[vmfs-01] a/../..",
      "/vmfs",
      "[vmfs-01] a\0b",
      "[vmfs-01] \ud800",
    ])
      expect([path, fault(path)]).toEqual([path, "InvalidDatastorePath"]);
    expect(fault(`[vmfs-01] ${"é".repeat(128)}`)).toBe("FileNameTooLong");
  });
});
