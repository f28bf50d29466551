import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brokenInvariants } from "../invariants.ts";
import { expectConsistent } from "../machine/invariants.ts";
import { everything } from "../machine/vcenter.ts";
import { Store } from "./store.ts";

let vc: Store;
beforeEach(() => {
  vc = new Store();
});
afterEach(() => {
  expectConsistent(vc);
  expect(brokenInvariants(vc.host)).toEqual([]);
  vc.close();
});

/** The fault that an operation ends with, which must leave everything as it was. */
function refused(work: () => unknown): string | undefined {
  const before = everything(vc);
  const fault = vc.refusal(work);
  everything(vc).forEach((part, i) => {
    if (!Object.is(part, before[i])) throw new Error(`${fault.message} - and yet something changed (${i}).`);
  });
  return fault._typeName;
}

const details = { fileType: true, fileSize: true, modification: true, fileOwner: true };

describe("directories", () => {
  it("are made, with those above them if asked for", () => {
    expect(refused(() => vc.makeDirectory("[vmfs-01] a/b"))).toBe("FileNotFound");
    vc.makeDirectory("[vmfs-01] a/b/c", true);
    vc.makeDirectory("[vmfs-01] a/b/d");
    expect(vc.names("[vmfs-01] a/b")).toEqual(["c", "d"]);
    for (const name of ["a", "a/b/c", "golden", "golden/golden.vmx", ""])
      expect([name, refused(() => vc.makeDirectory(`[vmfs-01] ${name}`))]).toEqual([name, "FileAlreadyExists"]);
    expect(refused(() => vc.makeDirectory("[vmfs-01] golden/golden.vmx/x", true))).toBe("NotADirectory");
  });

  it("go with all that is in them", () => {
    const before = vc.free("vmfs-01");
    vc.makeDirectory("[vmfs-01] a/b", true);
    vc.createDisk("[vmfs-01] a/b/data.vmdk", 2048, "thick");
    vc.copy("[vmfs-01] golden/golden.vmx", "[vmfs-01] a/copy.vmx");
    expect(vc.free("vmfs-01")).toBeLessThan(before - 2 ** 21);
    vc.remove("[vmfs-01] a");
    expect(vc.free("vmfs-01")).toBe(before);
    expect(vc.names("[vmfs-01]")).not.toContain("a");
  });

  it("keep the names of new machines apart", () => {
    vc.makeDirectory("[vmfs-01] desk");
    vc.instantClone("golden", "desk");
    expect(vc.machine("desk").directory).toBe("desk_1");
  });

  it("of machines go with them, unless users have put something there", () => {
    vc.instantClone("golden", "desk");
    vc.copy("[vmfs-01] golden/vmware.log", "[vmfs-01] desk/old.log");
    vc.vm("desk", "PowerOffVM_Task", {});
    vc.vm("desk", "Destroy_Task" as never, {} as never);
    expect(vc.names("[vmfs-01] desk")).toEqual(["old.log"]);
    vc.remove("[vmfs-01] desk");
    expect(vc.names("[vmfs-01]")).not.toContain("desk");
  });

  it("get another owner", () => {
    vc.makeDirectory("[vmfs-01] a");
    const change = (name: string, owner: string) => () => vc.files("ChangeOwner", { name, owner });
    expect(refused(change("[vmfs-01] a", "nobody"))).toBe("UserNotFound");
    expect(refused(change("[vmfs-01] golden", "root"))).toBe("InvalidArgument");
    change("[vmfs-01] a", "Administrator@vsphere.local")();
    expect(vc.search("[vmfs-01]", { details }).find(({ path }) => path === "a")?.owner).toBe(
      "Administrator@vsphere.local",
    );
  });
});

describe("files of machines", () => {
  it("are locked while the machine runs, and are not deleted under a machine in the inventory", () => {
    for (const name of ["golden/golden.vmx", "golden/golden.vmdk", "golden/golden.vswp"])
      expect(refused(() => vc.remove(`[vmfs-01] ${name}`))).toBe("FileLocked");
    expect(refused(() => vc.remove("[vmfs-01] golden"))).toBe("FileLocked");
    expect(refused(() => vc.move("[vmfs-01] golden", "[vmfs-01] elsewhere"))).toBe("FileLocked");
    expect(refused(() => vc.copy("[vmfs-01] golden", "[vmfs-01] elsewhere"))).toBe("FileLocked");
    expect(refused(() => vc.remove("[vmfs-01] build-01/build-01.nvram"))).toBe("CannotDeleteFile");
    expect(refused(() => vc.remove("[vmfs-01] build-01/build-01.vmx"))).toBe("CannotDeleteFile");
    expect(refused(() => vc.remove("[vmfs-01] build-01"))).toBe("FileLocked");
  });

  it("are copied out as they are", () => {
    vc.makeDirectory("[vmfs-01] out");
    vc.copy("[vmfs-01] golden/golden.vmx", "[vmfs-01] out/golden.vmx");
    const [copy] = vc.search("[vmfs-01] out", { details });
    const [original] = vc.search("[vmfs-01] golden", { details, matchPattern: ["golden.vmx"] });
    expect(copy).toMatchObject({ path: "golden.vmx", fileSize: original?.fileSize });
    expect(refused(() => vc.copy("[vmfs-01] golden/golden.vswp", "[vmfs-01] out/x"))).toBe("FileLocked");
    expect(refused(() => vc.copy("[vmfs-01] golden/golden.vmdk", "[vmfs-01] out/x.vmdk"))).toBe("FileLocked");
    expect(refused(() => vc.copy("[vmfs-01] out/golden.vmx", "[vmfs-01] out/golden.vmx", true))).toBe(
      "InvalidArgument",
    );
    expect(refused(() => vc.copy("[vmfs-01] golden/golden.vmxf", "[vmfs-01] out/golden.vmx"))).toBe(
      "FileAlreadyExists",
    );
    vc.copy("[vmfs-01] golden/golden.vmxf", "[vmfs-01] out/golden.vmx", true);
    expect(vc.search("[vmfs-01] out", { details })[0]?.fileSize).not.toBe(original?.fileSize);
  });

  it("of one that is not in the inventory are moved with their directory, and register where they are", () => {
    vc.write("build-01", 0, 8192, "on the disk");
    vc.unregister("build-01");
    vc.makeDirectory("[vmfs-01] attic");
    expect(refused(() => vc.move("[vmfs-01] build-01", "[vmfs-01] nowhere/x"))).toBe("FileNotFound");
    vc.move("[vmfs-01] build-01", "[vmfs-01] attic/kept");
    expect(vc.names("[vmfs-01]")).not.toContain("build-01");
    expect(vc.names("[vmfs-01] attic/kept")).toContain("build-01.vmx");
    vc.register("[vmfs-01] attic/kept/build-01.vmx");
    expect(vc.text("build-01", 0, 8192, 11)).toBe("on the disk");
    const { disks, directory } = vc.machine("build-01");
    expect([directory, disks[0]?.layer.path]).toEqual(["attic/kept", "attic/kept/build-01.vmdk"]);
    vc.vm("build-01", "PowerOnVM_Task", {});
    expect(vc.names("[vmfs-01] attic/kept")).toContain("build-01.vswp");
    const copied = vc.instantClone("build-01", "another");
    expect(copied.directory).toBe("another");
  });

  it("of one that is not in the inventory are deleted with their directory", () => {
    vc.write("build-01", 0, 0, "gone");
    const unique = vc.pages.unique;
    const before = vc.free("vmfs-01");
    vc.unregister("build-01");
    vc.remove("[vmfs-01] build-01");
    expect(vc.pages.unique).toBeLessThan(unique);
    expect(vc.free("vmfs-01")).toBeGreaterThan(before);
    expect(refused(() => vc.register("[vmfs-01] build-01/build-01.vmx"))).toBe("NotFound");
  });

  it("stay where others are based on them", () => {
    vc.instantClone("golden", "desk");
    vc.unregister("golden");
    expect(refused(() => vc.remove("[vmfs-01] golden"))).toBe("FileLocked");
    expect(refused(() => vc.move("[vmfs-01] golden", "[vmfs-01] gold"))).toBe("FileLocked");
    vc.unregister("desk");
    vc.remove("[vmfs-01] desk");
    vc.move("[vmfs-01] golden", "[vmfs-01] gold");
    vc.remove("[vmfs-01] gold");
  });

  it("make another machine when their directory is copied", () => {
    vc.write("build-01", 0, 0, "first");
    vc.copy("[vmfs-01] build-01", "[vmfs-01] copy");
    vc.write("build-01", 0, 0, "later");
    expect(vc.names("[vmfs-01] copy")).toContain("build-01.vmdk");
    const id = vc.register("[vmfs-01] copy/build-01.vmx", "copy");
    expect(id).not.toBe(vc.machine("build-01").id);
    expect([vc.text("copy", 0, 0, 5), vc.text("build-01", 0, 0, 5)]).toEqual(["first", "later"]);
    expect(vc.figures("copy", 0).shared).toBe(0);
  });

  it("lose their machine with its configuration: its disks stay, and are nobody's", () => {
    vc.write("build-01", 0, 0, "kept");
    vc.unregister("build-01");
    vc.remove("[vmfs-01] build-01/build-01.vmx");
    expect(vc.names("[vmfs-01] build-01")).toEqual(["build-01-flat.vmdk", "build-01.vmdk"]);
    vc.move("[vmfs-01] build-01/build-01.vmdk", "[vmfs-01] golden/found.vmdk");
    expect(vc.names("[vmfs-01]")).not.toContain("build-01");
    expect(vc.names("[vmfs-01] golden", { matchPattern: ["found*"] })).toEqual(["found-flat.vmdk", "found.vmdk"]);
  });
});

describe("bad paths", () => {
  it("are refused by name, and change nothing", () => {
    for (const path of ["[vmfs-01]", "[vmfs-01] ."]) refused(() => vc.remove(path));
    expect(refused(() => vc.remove("[vmfs-01]"))).toBe("CannotDeleteFile");
    for (const path of ["", "x", "[vmfs-01] ..", "[vmfs-01] a/./b", "[vmfs-01]a\0", "[]"])
      for (const work of [
        () => vc.remove(path),
        () => vc.makeDirectory(path),
        () => vc.move(path, "[vmfs-01] x"),
        () => vc.copy("[vmfs-01] golden/golden.vmx", path),
        () => vc.createDisk(path),
      ])
        expect([path, refused(work)]).toEqual([path, "InvalidDatastorePath"]);
    expect(refused(() => vc.makeDirectory("[other] x"))).toBe("InvalidDatastore");
    expect(refused(() => vc.makeDirectory(`[vmfs-01] ${"x".repeat(256)}`))).toBe("FileNameTooLong");
    expect(refused(() => vc.makeDirectory(`[vmfs-01] ${"x/".repeat(1100)}`, true))).toBe("FileNameTooLong");
    vc.makeDirectory("[vmfs-01] a");
    expect(refused(() => vc.move("[vmfs-01] a", "[vmfs-01] a/b"))).toBe("InvalidArgument");
  });

  it("are two where Unicode has two ways to write a name", () => {
    vc.makeDirectory("[vmfs-01] caf\u00e9");
    vc.makeDirectory("[vmfs-01] cafe\u0301");
    expect(vc.names("[vmfs-01]", { matchPattern: ["caf*"] })).toHaveLength(2);
  });
});
